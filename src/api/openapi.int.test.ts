// being written by the second API helper
