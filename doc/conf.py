# Sphinx's settings for a documentation of this module alone, as tools/doc builds it. In an ns-3 tree
# those of doc/models hold, which load no extension that a page here could need.
project = "loopback"
author = "The ns-3 loopback module authors"
copyright = "2026, " + author

root_doc = "index"
# What pages include.
exclude_patterns = ["replace.txt"]
highlight_language = "cpp"
pygments_style = "sphinx"
nitpicky = True

html_title = "loopback, a module for ns-3"
html_theme = "alabaster"
html_theme_options = {
    "page_width": "1100px",
    "description": "A loopback for ns-3 that can be seen, counted, shaped and broken",
    "fixed_sidebar": True,
}
html_static_path = ["static"]
html_css_files = ["wide.css"]
html_show_sourcelink = False
