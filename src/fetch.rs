//! The one HTTP client: conditional requests, limits, retries, redirects, and who may lead where.
