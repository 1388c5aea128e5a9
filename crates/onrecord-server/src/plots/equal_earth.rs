//! The Equal Earth projection: Šavrič, Patterson and Jenny, "The Equal Earth map projection", International Journal of Geographical Information Science 33 (3), 2019.

const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];

/// Degrees east of the middle and degrees north → units right and up; half the equator is 2.7066 units.
pub fn project(lon: f64, lat: f64) -> (f64, f64) {
    let root = 3_f64.sqrt() / 2.0;
    let theta = (root * lat.to_radians().sin()).asin();
    let (square, sixth) = (theta.powi(2), theta.powi(6));
    let slope = A[0] + 3.0 * A[1] * square + sixth * (7.0 * A[2] + 9.0 * A[3] * square);
    let x = lon.to_radians() * theta.cos() / (root * slope);
    (x, theta * (A[0] + A[1] * square + sixth * (A[2] + A[3] * square)))
}

#[cfg(test)]
mod tests {
    use super::project;

    #[test]
    fn the_equator_and_the_poles_lie_where_the_paper_puts_them() {
        let near = |(x, y): (f64, f64), (a, b): (f64, f64)| (x - a).abs() < 1e-3 && (y - b).abs() < 1e-3;
        assert!(near(project(180.0, 0.0), (2.706_6, 0.0)));
        assert!(near(project(0.0, 90.0), (0.0, 1.317_3)));
        assert!(near(project(0.0, -90.0), (0.0, -1.317_3)));
        // The pole is 0.59 times as long as the equator.
        assert!((project(180.0, 90.0).0 / project(180.0, 0.0).0 - 0.592).abs() < 2e-3);
    }
}
