//! The names under which a page is found besides the address that it is kept under. claimed: 1 where the
//! page itself says so and nothing else does.

/// The step to this version.
pub(in crate::store) const STEP: &str = "
CREATE TABLE article_names (
    name TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    claimed INTEGER NOT NULL,
    PRIMARY KEY (name, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_names_of ON article_names (article);
";
