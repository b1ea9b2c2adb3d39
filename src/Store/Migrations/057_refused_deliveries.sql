-- Deliveries that were given up are few beside the others, and counted.
CREATE INDEX deliveries_refused ON deliveries (host) WHERE state = 2;
