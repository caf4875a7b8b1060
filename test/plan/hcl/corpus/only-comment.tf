

  # only a comment