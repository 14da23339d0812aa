-- Of llm.jobs and llm.batches: which lane; rows of before do not say it.
ALTER TABLE job ADD COLUMN scope VARCHAR(1300) DEFAULT '' NOT NULL;
ALTER TABLE job ADD COLUMN deadline TIMESTAMP WITH TIME ZONE;
ALTER TABLE sealed_batch ADD COLUMN lane VARCHAR(1300) DEFAULT '' NOT NULL;
ALTER TABLE sealed_batch ADD COLUMN requests BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE sealed_batch ADD COLUMN bytes BIGINT DEFAULT 0 NOT NULL;
CREATE INDEX sealed_batch_time ON sealed_batch (sealed_at);

-- Of llm.quotas: what each provider has taught of one scope.
CREATE TABLE quota (
  scope VARCHAR(1300) NOT NULL PRIMARY KEY,
  provider VARCHAR(300) NOT NULL,
  account VARCHAR(300) NOT NULL,
  model VARCHAR(300) NOT NULL,
  unit VARCHAR(10) NOT NULL,
  configured_limit BIGINT,
  learned_limit BIGINT,
  refusals INTEGER NOT NULL,
  paused_until TIMESTAMP WITH TIME ZONE,
  bytes_per_token DOUBLE PRECISION,
  updated_at TIMESTAMP WITH TIME ZONE NOT NULL
);

-- Of llm.control: the last pause, resume and notice of each account; empty is every account.
CREATE TABLE account_word (
  account VARCHAR(300) NOT NULL,
  word VARCHAR(10) NOT NULL,
  issued_at TIMESTAMP WITH TIME ZONE NOT NULL,
  valid_until TIMESTAMP WITH TIME ZONE,
  PRIMARY KEY (account, word)
);

-- Failures are asked for by their code, and by their time; there are few of them.
CREATE INDEX outcome_code ON outcome (code, at_time);
CREATE INDEX job_account ON job (in_flight, account);
CREATE INDEX job_since ON job (since, batch_id);
CREATE INDEX usage_hour_day ON usage_hour (on_day);

-- The hours by day: what pages ask for.
CREATE TABLE usage_day (
  on_day DATE NOT NULL,
  dims CHAR(32) NOT NULL,
  tenant VARCHAR(300) NOT NULL,
  team VARCHAR(300) NOT NULL,
  feature VARCHAR(300) NOT NULL,
  provider VARCHAR(300) NOT NULL,
  account VARCHAR(300) NOT NULL,
  endpoint VARCHAR(300) NOT NULL,
  model VARCHAR(300) NOT NULL,
  mode VARCHAR(10) NOT NULL,
  requests NUMERIC(38, 0) NOT NULL,
  unpriced_requests NUMERIC(38, 0) NOT NULL,
  input NUMERIC(38, 0) NOT NULL,
  cached_input NUMERIC(38, 0) NOT NULL,
  cache_write NUMERIC(38, 0) NOT NULL,
  output NUMERIC(38, 0) NOT NULL,
  reasoning NUMERIC(38, 0) NOT NULL,
  unpriced_tokens NUMERIC(38, 0) NOT NULL,
  cost_pico NUMERIC(38, 0) NOT NULL,
  sync_cost_pico NUMERIC(38, 0) NOT NULL,
  PRIMARY KEY (on_day, dims)
);
INSERT INTO usage_day (on_day, dims, tenant, team, feature, provider, account, endpoint, model, mode,
  requests, unpriced_requests, input, cached_input, cache_write, output, reasoning, unpriced_tokens,
  cost_pico, sync_cost_pico)
SELECT on_day, dims, tenant, team, feature, provider, account, endpoint, model, mode,
  SUM(requests), SUM(unpriced_requests), SUM(input), SUM(cached_input), SUM(cache_write), SUM(output),
  SUM(reasoning), SUM(unpriced_tokens), SUM(cost_pico), SUM(sync_cost_pico)
FROM usage_hour GROUP BY on_day, dims, tenant, team, feature, provider, account, endpoint, model, mode;

-- Failures by day; they are forgotten with the requests themselves.
CREATE TABLE failure_day (
  part INTEGER NOT NULL,
  on_day DATE NOT NULL,
  code VARCHAR(300) NOT NULL,
  kind VARCHAR(10) NOT NULL,
  retryable BOOLEAN NOT NULL,
  account VARCHAR(300) NOT NULL,
  model VARCHAR(300) NOT NULL,
  many BIGINT NOT NULL
);
CREATE INDEX failure_day_day ON failure_day (on_day, code);
INSERT INTO failure_day (part, on_day, code, kind, retryable, account, model, many)
SELECT part, CAST(at_time AT TIME ZONE 'UTC' AS DATE), COALESCE(code, ''), COALESCE(kind, ''), COALESCE(retryable, FALSE), account, model, COUNT(*)
FROM outcome WHERE failed
GROUP BY part, CAST(at_time AT TIME ZONE 'UTC' AS DATE), COALESCE(code, ''), COALESCE(kind, ''), COALESCE(retryable, FALSE), account, model;
