"""Real H5P packages in the player of the site: imported, opened, played and compared with what their types report."""
