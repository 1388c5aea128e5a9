//! A view of the world → where a point lies in the picture: the whole world in Equal Earth, a part of it around its middle (Lambert's azimuthal equal-area). Both keep areas.

use super::equal_earth;

/// How wide a picture is, in its units.
pub const WIDTH: f64 = 960.0;
/// The meridian in the middle of the world: the picture's edges run through the Bering Strait.
const MIDDLE: f64 = 11.0;
/// What is shown of the world, in degrees north: without the ice.
const WORLD: (f64, f64) = (-57.0, 84.0);
/// Half the equator, in the units of [`equal_earth`].
const HALF: f64 = 2.706_63;

/// What part of the world is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum View {
    /// All of it.
    World,
    /// What lies around a point.
    Around {
        /// Degrees north.
        lat: f64,
        /// Degrees east.
        lon: f64,
        /// How many times the picture's width is the way around the world.
        zoom: f64,
    },
}

impl View {
    /// How high the picture is, in its units.
    pub fn height(self) -> f64 {
        match self {
            View::World => world_y(WORLD.0).round(),
            View::Around { .. } => 560.0,
        }
    }

    /// Where a point lies, in the picture or out of it; none where it is on the other side of the world.
    pub fn place(self, lat: f64, lon: f64) -> Option<(f64, f64)> {
        match self {
            View::World => {
                let east = (lon - MIDDLE + 180.0).rem_euclid(360.0) - 180.0;
                Some(self.unrolled(lat, east + MIDDLE))
            }
            View::Around { lat: middle, lon: meridian, zoom } => {
                let (phi, phi0, lambda) = (lat.to_radians(), middle.to_radians(), (lon - meridian).to_radians());
                let cosine = phi0.sin() * phi.sin() + phi0.cos() * phi.cos() * lambda.cos();
                if cosine < FARTHEST {
                    return None;
                }
                let k = (2.0 / (1.0 + cosine)).sqrt();
                let x = k * phi.cos() * lambda.sin();
                let y = k * (phi0.cos() * phi.sin() - phi0.sin() * phi.cos() * lambda.cos());
                let scale = WIDTH / 2.0 / (2.0 * (std::f64::consts::PI / zoom / 2.0).sin());
                Some((WIDTH / 2.0 + x * scale, self.height() / 2.0 - y * scale))
            }
        }
    }

    /// Whether a point lies so far from the middle of a part of the world that it cannot be in the picture.
    pub fn is_far(self, lat: f64, lon: f64) -> bool {
        let View::Around { lat: middle, lon: meridian, .. } = self else { return false };
        let (phi, phi0, lambda) = (lat.to_radians(), middle.to_radians(), (lon - meridian).to_radians());
        phi0.sin() * phi.sin() + phi0.cos() * phi.cos() * lambda.cos() < -0.2
    }

    /// Where a point of the world lies whose longitude counts on past the edge of the picture.
    pub fn unrolled(self, lat: f64, lon: f64) -> (f64, f64) {
        match self {
            View::World => {
                let (x, _) = equal_earth::project(lon - MIDDLE, lat);
                (WIDTH / 2.0 + x * WIDTH / 2.0 / HALF, world_y(lat))
            }
            View::Around { .. } => self.place(lat, lon).unwrap_or((f64::MAX, f64::MAX)),
        }
    }

    /// Whether a point of the picture is in it, with `margin` units about.
    pub fn holds(self, (x, y): (f64, f64), margin: f64) -> bool {
        (-margin..=WIDTH + margin).contains(&x) && (-margin..=self.height() + margin).contains(&y)
    }

    /// The edge of the world where it is in the picture: points around it.
    pub fn edge(self) -> Vec<(f64, f64)> {
        if self != View::World {
            return Vec::new();
        }
        let (south, north) = WORLD;
        let steps = 24;
        let lats = (0..=steps).map(|step| south + (north - south) * f64::from(step) / f64::from(steps));
        let west = lats.clone().map(|lat| self.unrolled(lat, MIDDLE - 180.0));
        west.chain(lats.rev().map(|lat| self.unrolled(lat, MIDDLE + 180.0))).collect()
    }
}

/// The cosine of how far, from the middle of a part of the world, points still have a place.
const FARTHEST: f64 = -0.99;

/// How far below the picture's upper edge a latitude of the world lies.
fn world_y(lat: f64) -> f64 {
    let up = |lat: f64| equal_earth::project(0.0, lat).1;
    (up(WORLD.1) - up(lat)) * WIDTH / 2.0 / HALF
}

#[cfg(test)]
mod tests {
    use super::{View, WIDTH};

    const WELLINGTON: (f64, f64) = (-41.3, 174.8);

    #[test]
    fn the_world_holds_its_towns_on_both_sides_of_the_edge() {
        for (lat, lon) in [WELLINGTON, (64.8, -147.7), (71.6, -179.0), (-54.8, -68.3), (78.2, 15.6)] {
            let place = View::World.place(lat, lon).unwrap();
            assert!(View::World.holds(place, 0.0), "{lat},{lon} lies at {place:?}");
        }
        assert!(View::World.place(0.0, 170.0) > View::World.place(0.0, -160.0), "west of the edge is right");
    }

    #[test]
    fn a_part_has_its_middle_in_the_middle_and_its_width_by_its_zoom() {
        let view = View::Around { lat: 0.0, lon: 170.0, zoom: 6.0 };
        assert_eq!(view.place(0.0, 170.0), Some((WIDTH / 2.0, view.height() / 2.0)));
        let (x, _) = view.place(0.0, -160.0).unwrap();
        assert!((x - WIDTH).abs() < 1e-6, "thirty degrees east of the middle is the edge of sixty: {x}");
        assert!(!view.holds(view.place(52.5, 13.4).unwrap(), 0.0));
        assert_eq!(view.place(0.0, -10.0), None, "the other side of the world has no place");
    }
}
