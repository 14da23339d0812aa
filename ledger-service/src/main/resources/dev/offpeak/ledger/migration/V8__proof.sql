-- What the providers' usage and cost APIs have said, by account and day of UTC; a day is replaced when it is asked for again.
CREATE TABLE provider_day (
  account VARCHAR(300) NOT NULL,
  on_day DATE NOT NULL,
  read_at TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (account, on_day)
);

CREATE TABLE provider_usage (
  account VARCHAR(300) NOT NULL,
  on_day DATE NOT NULL,
  model VARCHAR(300) NOT NULL,
  mode VARCHAR(10) NOT NULL,
  requests BIGINT NOT NULL,
  input BIGINT NOT NULL,
  cached_input BIGINT NOT NULL,
  cache_write BIGINT NOT NULL,
  output BIGINT NOT NULL
);
CREATE INDEX provider_usage_day ON provider_usage (account, on_day);

-- Amounts in USD as text: they have up to 34 digits, of which none may be lost.
CREATE TABLE provider_cost (
  account VARCHAR(300) NOT NULL,
  on_day DATE NOT NULL,
  item VARCHAR(300) NOT NULL,
  amount VARCHAR(7000) NOT NULL
);
CREATE INDEX provider_cost_day ON provider_cost (account, on_day);
