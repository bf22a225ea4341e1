"""Components, layouts and styles that the portal and the desk share. See README.md."""
