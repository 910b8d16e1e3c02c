"""The look of the website: components, templates, tags, and the styles and scripts behind them."""
