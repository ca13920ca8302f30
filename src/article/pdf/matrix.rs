//! Places on a page: points (1/72 inch), `y` downwards.

/// A change of coordinates: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix([f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) fn new(parts: [f64; 6]) -> Matrix {
        Matrix(parts)
    }

    pub(super) fn shift(x: f64, y: f64) -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This change first, then `outer`.
    pub(super) fn then(self, outer: Matrix) -> Matrix {
        let [xx, xy, yx, yy, ..] = self.0;
        let [oxx, oxy, oyx, oyy, ..] = outer.0;
        let (left, top) = outer.point(self.0[4], self.0[5]);
        Matrix([
            xx * oxx + xy * oyx,
            xx * oxy + xy * oyy,
            yx * oxx + yy * oyx,
            yx * oxy + yy * oyy,
            left,
            top,
        ])
    }

    pub(super) fn point(self, x: f64, y: f64) -> (f64, f64) {
        let [xx, xy, yx, yy, left, top] = self.0;
        (xx * x + yx * y + left, xy * x + yy * y + top)
    }

    /// Where a step to the right leads.
    pub(super) fn right(self) -> (f64, f64) {
        (self.0[0], self.0[1])
    }

    /// How high one unit is.
    pub(super) fn height(self) -> f64 {
        self.0[2].hypot(self.0[3])
    }

    pub(super) fn is_finite(self) -> bool {
        self.0.iter().all(|part| part.is_finite() && part.abs() < 1e7)
    }
}

/// An upright rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Area {
    /// The smallest one around two opposite corners.
    pub(super) fn around(a: (f64, f64), b: (f64, f64)) -> Area {
        Area { left: a.0.min(b.0), top: a.1.min(b.1), right: a.0.max(b.0), bottom: a.1.max(b.1) }
    }

    pub(super) fn holds(&self, x: f64, y: f64) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }
}
