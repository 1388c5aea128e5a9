use super::*;
use crate::mentions::numerals;

fn bound_name(bound: Bound) -> &'static str {
    match bound {
        Bound::Exactly => "=",
        Bound::About => "~",
        Bound::AtLeast => ">=",
        Bound::MoreThan => ">",
        Bound::AtMost => "<=",
        Bound::LessThan => "<",
        Bound::Between => "..",
    }
}

/// Prints each quantity as words: bound value-upper unit (code).
fn shown(text: &str) -> Vec<String> {
    let document = Document::new(text);
    let found = quantities(&document, &numerals(&document), &[]);
    let show = |q: &Quantity| {
        let upper = q.upper.map_or(String::new(), |upper| format!("-{upper}"));
        let unit = q.unit.as_deref().map_or(String::new(), |unit| format!(" {unit}"));
        let code = q.unit_code.as_deref().map_or(String::new(), |code| format!(" ({code})"));
        format!("{}: {}{}{upper}{unit}{code}", q.span.text(text), bound_name(q.bound), q.value)
    };
    found.iter().map(show).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(shown(text), expected, "{text:?}");
}

/// Prints what each quantity is of.
fn check_of(text: &str, expected: &[&str]) {
    let document = Document::new(text);
    let found = quantities(&document, &numerals(&document), &[]);
    let of: Vec<&str> = found.iter().map(|q| q.of.map_or("", |of| of.text(text))).collect();
    assert_eq!(of, expected, "{text:?}");
}

#[test]
fn counts_with_their_noun() {
    check("The strike idled 12,000 dock workers.", &["12,000 dock workers: =12000 dock worker"]);
    check(
        "Two Norwegian trawlers met four other boats.",
        &["Two Norwegian trawlers: =2 Norwegian trawler", "four other boats: =4 other boat"],
    );
    check(
        "She freed 14 of the hostages and two of them spoke.",
        &["14 of the hostages: =14 hostage", "two of them: =2"],
    );
    check(
        "They freed nine of the more than 80 Danish sailors.",
        &["nine: =9 Danish sailor", "80 Danish sailors: >80 Danish sailor"],
    );
    check("Ferries made one unplanned stop.", &["one unplanned stop: =1 unplanned stop"]);
}

#[test]
fn types_and_compounds_are_counted() {
    check(
        "It lost four MiG-29s, 30 T-72 tanks and two G7 partners.",
        &["four MiG-29s: =4 MiG-29", "30 T-72 tanks: =30 T-72 tank", "two G7 partners: =2 G7 partner"],
    );
    check(
        "A 5,000-strong crowd met the 12-member panel of the Group of Seven.",
        &["5,000-strong: =5000", "12-member: =12 member"],
    );
}

#[test]
fn vague_counts_are_more_than_their_word() {
    check(
        "Dozens of villagers and thousands of other farmers left.",
        &["Dozens of villagers: >12 villager", "thousands of other farmers: >1000 other farmer"],
    );
    check("The raid left scores dead and hundreds hurt.", &["scores: >20", "hundreds: >100"]);
    check("Floods hit hundreds of thousands.", &["hundreds of thousands: >100000"]);
    check("Repairs cost tens of millions of euros.", &["tens of millions of euros: >10000000 euro (EUR)"]);
}

#[test]
fn money_before_and_behind() {
    check(
        "It cost $5 million, €3bn, £2.50 or US $40.",
        &["$5 million: =5000000 $ (USD)", "€3bn: =3000000000 € (EUR)", "£2.50: =2.5 £ (GBP)", "US $40: =40 US$ (USD)"],
    );
    check(
        "A ticket is 90p, 40 cents or 12 Canadian dollars.",
        &["90p: =90 p (GBP)", "40 cents: =40 cent (USD)", "12 Canadian dollars: =12 Canadian dollar (CAD)"],
    );
    check(
        "Rent is RM900 a month and rose by EUR50.",
        &["RM900 a month: =900 RM a month (MYR/mo)", "EUR50: =50 EUR (EUR)"],
    );
}

#[test]
fn measures_and_percentages() {
    check(
        "The 40-km road climbs 900 metres at 8 per cent.",
        &["40-km: =40 km (km)", "900 metres: =900 metre (m)", "8 per cent: =8 percent (%)"],
    );
    check(
        "Winds of 90 mph, 5.5 sq km of ash, 64GB of maps.",
        &["90 mph: =90 mph ([mi_i]/h)", "5.5 sq km: =5.5 sq km (km2)", "64GB: =64 GB (GBy)"],
    );
    check(
        "It was minus 12 degrees Celsius, or -3.5%.",
        &["minus 12 degrees Celsius: =-12 degree Celsius (Cel)", "-3.5%: =-3.5 % (%)"],
    );
    check("Rates rose two percentage points.", &["two percentage points: =2 percentage point ([pp])"]);
    check("Wells gave 900 barrels a day.", &["900 barrels a day: =900 barrel a day ([bbl_us]/d)"]);
}

#[test]
fn bounds_by_the_words_around() {
    check(
        "About 30 goats, at least 40 cows, up to 50 pigs.",
        &["30 goats: ~30 goat", "40 cows: >=40 cow", "50 pigs: <=50 pig"],
    );
    check(
        "Fewer than 60 mules, just over 70 hens, 80 or more ducks.",
        &["60 mules: <60 mule", "70 hens: >70 hen", "80 or more ducks: >=80 duck"],
    );
    check("Nearly half of the crew stayed.", &["half of the crew: ~0.5 crew"]);
}

#[test]
fn ranges() {
    check("Between 300 and 400 boats left.", &["300 and 400 boats: ..300-400 boat"]);
    check(
        "Costs run to $5 to $10 million, or 5-10 percent.",
        &["$5 to $10 million: ..5000000-10000000 $ (USD)", "5-10 percent: ..5-10 percent (%)"],
    );
    check(
        "A fee of £12-15m, €40m plus €5m.",
        &["£12-15m: ..12000000-15000000 £ (GBP)", "€40m: =40000000 € (EUR)", "€5m: =5000000 € (EUR)"],
    );
    check("Three or four sailors swam.", &["Three or four sailors: ..3-4 sailor"]);
    check("Profit rose from 2 percent to 3 percent.", &["2 percent: =2 percent (%)", "3 percent: =3 percent (%)"]);
}

#[test]
fn a_bare_number_has_to_be_shown_to_count() {
    check("The crash left 12 dead and wounded at least 90.", &["12: =12", "90: >=90"]);
    check("Shares closed at 1,204.50. He is 12.", &["1,204.50: =1204.5"]);
}

#[test]
fn what_is_no_amount() {
    for text in [
        "It opened on March 3, 2014, at 9:30 and again at 5 p.m.",
        "Since 1998 flights in 2014 grew.",
        "The third and 23rd try, in chapter 5 of Article 7.",
        "Harriers won 2-1 after COVID-19 closed the F-16 hangar.",
        "Vera Lind, 43, met no one; one of the best days.",
        "Channel Four and the Nokia 3310 phone.",
        "He waited three weeks and forty minutes.",
        "The 43-year-old said so. Call 020 7946 0018.",
        "It shut at about 1.30 and again at 12.20, near Three Sisters.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn ages_of_people_without_a_name_are_measures() {
    check("A 15-year-old cousin saw it.", &["15-year-old: =15 year-old (a)"]);
}

#[test]
fn what_is_counted_or_measured() {
    check_of("About 1% of Norway’s fishing fleet sank.", &["Norway’s fishing fleet"]);
    check_of("A 900km-long supply line for 30,000 tired recruits.", &["supply line", "tired recruits"]);
    check_of("They lost 70 kg of copper.", &["copper"]);
}

#[test]
fn base_units() {
    let text = "It is 5 miles and 40p away.";
    let document = Document::new(text);
    let base: Vec<_> = quantities(&document, &numerals(&document), &[]).into_iter().map(|q| q.base).collect();
    assert_eq!(base, [Some((8046.72, "m")), Some((0.4, "GBP"))]);
}

#[test]
fn times_take_their_numbers() {
    let text = "It has 40 rooms.";
    let document = Document::new(text);
    assert_eq!(quantities(&document, &numerals(&document), &[Span::new(7, 9)]), []);
}

#[test]
fn odd_texts_do_no_harm() {
    for text in [
        "",
        "5",
        "$",
        "- 5 -",
        "five-",
        "1 1 1 1 of of of",
        "½½½",
        "between 5 and",
        "%5%",
        "5 \u{a0}% — 7\n–8",
        "one one one hundred hundred",
    ] {
        shown(text);
    }
    check(&format!("It has 5 {}stars.", "trillion ".repeat(40)), &[]);
}
