"""Strong authentication (vahva tunnistautuminen) by OpenID Connect; see README.md."""
