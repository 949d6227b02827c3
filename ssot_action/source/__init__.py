"""Where a project's source comes from: files, layout, entry points, imports."""
