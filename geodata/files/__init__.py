"""Reading files of others: spatial files and tables."""
