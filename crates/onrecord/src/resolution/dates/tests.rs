//! Invented sentences with what is told by them, words and values side by side.

use super::*;
use crate::mentions;

fn read(text: &str, published: Option<&str>) -> Dates {
    let document = Document::new(text);
    let numerals = mentions::numerals(&document);
    dates(&document, &mentions::times(&document, &numerals), published)
}

fn shown(text: &str, times: &[Time]) -> String {
    let one = |time: &Time| {
        let kind = match time.kind {
            TimeKind::Date => "",
            TimeKind::Time => " t",
            TimeKind::Duration => " d",
            TimeKind::Set => " s",
        };
        let modifier = time.modifier.map(|modifier| format!(" {modifier}")).unwrap_or_default();
        format!("{}={}{kind}{modifier}", time.span.text(text), time.value.as_deref().unwrap_or("?"))
    };
    times.iter().map(one).collect::<Vec<_>>().join(" | ")
}

/// Published on Wednesday, 12 May 2021.
fn check(text: &str, expected: &str) {
    assert_eq!(shown(text, &read(text, Some("2021-05-12")).times), expected, "{text:?}");
}

fn check_undated(text: &str, published: Option<&str>, expected: &str) {
    let found = read(text, None);
    assert_eq!(shown(text, &found.times), expected, "{text:?}");
    assert_eq!(found.published.as_ref().map(|(date, _)| date.as_str()), published, "{text:?}");
}

#[test]
fn weekdays_are_past_or_coming_by_the_verb() {
    check("The ferry sank on Monday.", "Monday=2021-05-10");
    check("The court will rule on Monday.", "Monday=2021-05-17");
    check("The council is expected to vote Friday.", "Friday=2021-05-14");
    check("On Friday, the jury will hear two witnesses.", "Friday=2021-05-14");
    check("She resigned Wednesday.", "Wednesday=2021-05-12");
    check("The trial was postponed until Thursday.", "Thursday=2021-05-13");
    check("The fair was due to close on Tuesday.", "Tuesday=2021-05-11");
    check("The fair was due to open on Friday.", "Friday=2021-05-14");
    check("She had known nothing until Monday.", "Monday=2021-05-10");
    check(
        "The toll will be paid on June 1; it was agreed on June 1, 2020.",
        "June 1=2021-06-01 | June 1, 2020=2020-06-01",
    );
    check("It has rained since Saturday.", "Saturday=2021-05-08");
}

#[test]
fn last_this_and_next() {
    check("They met last Friday and meet again next Tuesday.", "last Friday=2021-05-07 | next Tuesday=2021-05-18");
    check("It rose last week, last month and last year.", "last week=2021-W18 | last month=2021-04 | last year=2020");
    check("The bridge opens next month.", "next month=2021-06");
    check("She left last December, and this summer she will be back.", "last December=2020-12 | this summer=2021-SU");
    check("The harbour froze last winter.", "last winter=2020-WI");
    check("He spoke last night and again this morning.", "last night=2021-05-11TNI t | this morning=2021-05-12TMO t");
}

#[test]
fn days_from_that_of_writing() {
    check("Today it rained, as it did yesterday.", "Today=2021-05-12 | yesterday=2021-05-11");
    check("They sail tomorrow night.", "tomorrow night=2021-05-13TNI t");
    check("They arrived the day before yesterday.", "the day before yesterday=2021-05-10");
    check("He died two weeks ago, she three days ago.", "two weeks ago=2021-W17 | three days ago=2021-05-09");
    check("The mill burned down more than two years ago.", "more than two years ago=2019 BEFORE");
}

#[test]
fn days_from_what_was_talked_about() {
    check("The dam broke on May 3. Two days later the town was empty.", "May 3=2021-05-03 | Two days later=2021-05-05");
    check("The dam broke on May 3. The next day it rained.", "May 3=2021-05-03 | The next day=2021-05-04");
    check("The dam broke in March. The previous month had been dry.", "March=2021-03 | The previous month=2021-02");
    check(
        "Sales rose in the third quarter from 3 million a year earlier.",
        "the third quarter=2020-Q3 | a year earlier=2019-Q3",
    );
}

#[test]
fn dates_in_words_and_numbers() {
    check("It was signed on September 23, 2019.", "September 23, 2019=2019-09-23");
    check(
        "It was signed on 23 Sept. 2019 and 4th of June 1990.",
        "23 Sept. 2019=2019-09-23 | 4th of June 1990=1990-06-04",
    );
    check("Filed 2019-09-23, amended 11/02/89.", "2019-09-23=2019-09-23 | 11/02/89=1989-11-02");
    check("The strike began Jan. 5.", "Jan. 5=2021-01-05");
    check("The fair will open on July 3.", "July 3=2021-07-03");
    check("He was born in June last year.", "June last year=2020-06");
    check("On Monday, May 3, the ferry sank.", "Monday, May 3=2021-05-03");
    check("They meet on the 23rd.", "the 23rd=2021-04-23");
}

#[test]
fn years_decades_and_centuries() {
    check("Built in 1894, it closed in the 1990s.", "1894=1894 | the 1990s=199");
    check("The late '80s were kinder than the 20th century as a whole.", "The late '80s=198 END | the 20th century=19");
    check("It cost 2000 pounds and weighed 1,950 tons.", "");
    check("In fiscal 2019 it lost money; the Boeing 2000 did not.", "fiscal 2019=2019");
}

#[test]
fn quarters_seasons_and_edges() {
    check(
        "The second quarter of 2019 was worse than last year's first quarter.",
        "The second quarter of 2019=2019-Q2 | last year's first quarter=2020-Q1",
    );
    check("It will be ready by the end of next year.", "the end of next year=2022 END");
    check("They met in mid-March and early this month.", "mid-March=2021-03 MID | early this month=2021-05 START");
    check("She spoke earlier this week.", "earlier this week=2021-W19 START");
    check("Leaves fall; prices spring back.", "");
    check(
        "Profit rose in the third quarter. It had lost money in the year-ago quarter and in the 2018 quarter.",
        "the third quarter=2020-Q3 | the year-ago quarter=2019-Q3 | 2018=2018-Q3",
    );
}

#[test]
fn times_of_day() {
    check("The train left at 8:30 p.m. on Monday.", "8:30 p.m. on Monday=2021-05-10T20:30 t");
    check("The blast came at 1430 GMT Tuesday.", "1430 GMT Tuesday=2021-05-11T14:30Z t");
    check("They voted on Monday night. At noon they left.", "Monday night=2021-05-10TNI t | noon=2021-05-10T12:00 t");
    check("The home side won 3:2 and 12:30 was no time.", "");
}

#[test]
fn lengths() {
    check("It took two hours and 20 minutes.", "two hours and 20 minutes=PT2H20M d");
    check("A five-year plan, two and a half years late.", "five-year=P5Y d | two and a half years=P2Y6M d");
    check(
        "He faces up to 10 years in prison; others waited for months.",
        "up to 10 years=P10Y d EQUAL_OR_LESS | months=PXM d",
    );
    check("It fell over the past three months and for a decade.", "the past three months=P3M d | a decade=P10Y d");
    check("A 22-year-old man, 30 years old at most.", "");
    check(
        "Half an hour or so, a week or more.",
        "Half an hour or so=PT30M d APPROX | a week or more=P1W d EQUAL_OR_MORE",
    );
}

#[test]
fn sets() {
    check(
        "The ferry sails every day, on Mondays and each July.",
        "every day=P1D s | Mondays=XXXX-WXX-1 s | each July=XXXX-07 s",
    );
    check("It burns 40 tons a day and is serviced twice a year.", "a day=P1D s | a year=P1Y s");
    check("A daily count; she writes for the Daily Harbour.", "daily=P1D s");
}

#[test]
fn vague_times() {
    check("She has recently resigned and now lives abroad.", "recently=PAST_REF | now=PRESENT_REF");
    check("In the past few had a say in the future.", "the past=PAST_REF | the future=FUTURE_REF");
    check("In recent months prices rose.", "recent months=PAST_REF");
}

#[test]
fn stretches() {
    check("It will be held between September 23 and 27.", "between September 23 and 27=2021-09-23/2021-09-27");
    check("The fair runs May 14-16.", "May 14-16=2021-05-14/2021-05-16");
    check("The war of 1914-18 began it.", "1914-18=1914/1918");
    let found = read("She led it from 2014 to 2016.", Some("2021-05-12"));
    assert_eq!(found.times.iter().map(|time| time.opens).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn holidays() {
    check("He died on Christmas Eve.", "Christmas Eve=2020-12-24");
    check("The pier will open on Labor Day.", "Labor Day=2021-09-06");
    check("They married last Easter.", "last Easter=2021-04-04");
}

#[test]
fn names_and_verbs_are_no_times() {
    check("Coach of the year at 40, in her early 20s a Long March-5 engineer.", "");
    check("In the third quarter he threw a touchdown.", "");
    check(
        "The 1969 coup and a May interview; he said that Thursday's vote was fair.",
        "1969=1969 | May=2021-05 | Thursday=2021-05-06",
    );
    check("May said they may march on Sun Street in a second.", "");
    check("“Mr. May may go,” April Jones said.", "");
}

#[test]
fn without_a_day_of_publication_nothing_is_guessed() {
    check_undated("She left on Friday, last week.", None, "Friday=XXXX-WXX-5 | last week=?");
    check_undated("She left on May 3.", None, "May 3=XXXX-05-03");
    check_undated("She came in May 2020. She left on June 3.", None, "May 2020=2020-05 | June 3=2020-06-03");
}

#[test]
fn the_day_of_publication_is_inferred() {
    check_undated(
        "OSLO, May 12, 2021 (NP) - The ferry sank on Monday.",
        Some("2021-05-12"),
        "May 12, 2021=2021-05-12 | Monday=2021-05-10",
    );
    check_undated(
        "Polling began on Wednesday. The polling is to last between May 12 and 14. In March 2021 the council had asked for it.",
        Some("2021-05-12"),
        "Wednesday=2021-05-12 | between May 12 and 14=2021-05-12/2021-05-14 | March 2021=2021-03",
    );
}

#[test]
fn a_date_at_the_top_is_the_day_of_writing() {
    let text = "Ferry sinks\n\nMay 10, 2021\n\nThe ferry sank today.";
    assert_eq!(shown(text, &read(text, Some("2021-05-12")).times), "May 10, 2021=2021-05-10 | today=2021-05-10");
}

#[test]
fn any_text_is_read() {
    for text in [
        "",
        "the",
        "last",
        "between",
        "from 9999-99-99 to",
        "0 a.m. 99th century",
        "in 0 years",
        "1/2/3/4",
        "‘98",
        "999999999999 years ago",
    ] {
        let _ = read(text, Some("2021-05-12"));
        let _ = read(text, Some("no date"));
        let _ = read(text, None);
    }
}
