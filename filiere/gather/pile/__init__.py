"""A pile of invoices as declared deliveries: who is who, which documents count, and what each line pays for."""
