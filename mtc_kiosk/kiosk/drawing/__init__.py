"""From marks to pixels: type, colours, layout, paint."""
