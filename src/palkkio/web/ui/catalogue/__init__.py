"""The catalogue: every component with made-up data, in Finnish. Only in demo, development and tests."""

HERE = "/ui/catalogue"
