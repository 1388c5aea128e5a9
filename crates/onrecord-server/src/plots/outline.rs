//! The file of the world's outline → rings of points. `outline/README.md` of the repository tells its layout and origin.

use std::sync::LazyLock;

/// A country as the outline has it.
#[derive(Debug)]
pub struct Country {
    /// ISO 3166-1 alpha-2; `--` where there is none.
    pub code: String,
    /// Closed rings of (degrees east, degrees north); longitudes go on past 180.
    pub rings: Vec<Vec<(f64, f64)>>,
}

static WORLD: LazyLock<Vec<Country>> =
    LazyLock::new(|| read(include_bytes!("../../assets/outline.bin")).unwrap_or_default());
const UNIT: f64 = 0.02;

/// All countries; none only if the file that is built in were broken, which a test refuses.
pub fn world() -> &'static [Country] {
    &WORLD
}

fn read(bytes: &[u8]) -> Option<Vec<Country>> {
    let mut rest = bytes.strip_prefix(b"ONOUT001")?;
    let mut countries = Vec::new();
    while !rest.is_empty() {
        let code = String::from_utf8(take(&mut rest, 2)?.to_vec()).ok()?;
        let rings = *take(&mut rest, 1)?.first()?;
        let rings = (0..rings).map(|_| ring(&mut rest)).collect::<Option<Vec<_>>>()?;
        countries.push(Country { code, rings });
    }
    Some(countries)
}

fn ring(rest: &mut &[u8]) -> Option<Vec<(f64, f64)>> {
    let points = u16::from_le_bytes(take(rest, 2)?.try_into().ok()?);
    let (mut east, mut north) = (0, 0);
    let point = |_| {
        east += zigzag(rest)?;
        north += zigzag(rest)?;
        Some((f64::from(east) * UNIT, f64::from(north) * UNIT))
    };
    (0..points).map(point).collect()
}

fn take<'a>(rest: &mut &'a [u8], bytes: usize) -> Option<&'a [u8]> {
    let (taken, after) = rest.split_at_checked(bytes)?;
    *rest = after;
    Some(taken)
}

fn zigzag(rest: &mut &[u8]) -> Option<i32> {
    let (mut number, mut shift) = (0_u32, 0);
    loop {
        let byte = *take(rest, 1)?.first()?;
        number |= u32::from(byte & 127).checked_shl(shift)?;
        shift += 7;
        if byte < 128 {
            return Some(i32::try_from(number >> 1).ok()? ^ -i32::try_from(number & 1).ok()?);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{read, world};

    #[test]
    fn the_outline_holds_the_world() {
        let of = |code: &str| world().iter().find(|country| country.code == code).unwrap();
        assert_eq!(world().len(), 177);
        let points = world().iter().flat_map(|country| &country.rings).flatten();
        assert!(points.clone().all(|(lon, lat)| lon.abs() <= 400.0 && lat.abs() <= 90.0));
        // South Africa has a hole where Lesotho lies; Russia goes on past 180 degrees.
        assert_eq!((of("ZA").rings.len(), of("LS").rings.len()), (2, 1));
        assert!(of("RU").rings.iter().flatten().any(|(lon, _)| *lon > 180.0 || *lon < -180.0));
    }

    #[test]
    fn a_broken_file_is_no_outline() {
        assert!(read(b"ONOUT002").is_none());
        assert!(read(b"ONOUT001NZ\x01\x02\x00\x80").is_none());
    }
}
