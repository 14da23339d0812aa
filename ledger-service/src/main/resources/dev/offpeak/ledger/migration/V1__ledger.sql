-- One SQL for PostgreSQL and for H2 in PostgreSQL's mode. Places are offsets; places and rows are written in one transaction.
CREATE TABLE kafka_place (
  topic VARCHAR(249) NOT NULL,
  part INTEGER NOT NULL,
  next_place BIGINT NOT NULL,
  PRIMARY KEY (topic, part)
);

-- Records that are not what their topic is for: nothing is left out silently.
CREATE TABLE unreadable (
  topic VARCHAR(249) NOT NULL,
  part INTEGER NOT NULL,
  place BIGINT NOT NULL,
  reason VARCHAR(700) NOT NULL,
  PRIMARY KEY (topic, part, place)
);

-- Each record of llm.usage. Money in 10^-12 USD; null has no price.
CREATE TABLE usage_line (
  part INTEGER NOT NULL,
  place BIGINT NOT NULL,
  dims CHAR(32) NOT NULL,
  on_day DATE NOT NULL,
  at_hour TIMESTAMP WITH TIME ZONE NOT NULL,
  tenant VARCHAR(300) NOT NULL,
  team VARCHAR(300) NOT NULL,
  feature VARCHAR(300) NOT NULL,
  provider VARCHAR(300) NOT NULL,
  account VARCHAR(300) NOT NULL,
  endpoint VARCHAR(300) NOT NULL,
  model VARCHAR(300) NOT NULL,
  mode VARCHAR(10) NOT NULL,
  batch_id VARCHAR(100),
  requests BIGINT NOT NULL,
  input BIGINT NOT NULL,
  cached_input BIGINT NOT NULL,
  cache_write BIGINT NOT NULL,
  output BIGINT NOT NULL,
  reasoning BIGINT NOT NULL,
  cost_pico NUMERIC(38, 0),
  sync_cost_pico NUMERIC(38, 0),
  PRIMARY KEY (part, place)
);
CREATE INDEX usage_line_batch ON usage_line (batch_id);

-- The same by hour: what is asked for all the time.
CREATE TABLE usage_hour (
  at_hour TIMESTAMP WITH TIME ZONE NOT NULL,
  dims CHAR(32) NOT NULL,
  on_day DATE NOT NULL,
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
  PRIMARY KEY (at_hour, dims)
);

-- Of llm.batches: why and when each was sealed.
CREATE TABLE sealed_batch (
  batch_id VARCHAR(100) NOT NULL PRIMARY KEY,
  reason VARCHAR(30) NOT NULL,
  opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
  sealed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  resealed_from VARCHAR(100)
);

-- Of llm.jobs: where each provider job stands.
CREATE TABLE job (
  batch_id VARCHAR(100) NOT NULL PRIMARY KEY,
  provider VARCHAR(300) NOT NULL,
  account VARCHAR(300) NOT NULL,
  endpoint VARCHAR(300) NOT NULL,
  model VARCHAR(300) NOT NULL,
  requests BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  estimated_tokens BIGINT NOT NULL,
  state VARCHAR(20) NOT NULL,
  in_flight BOOLEAN NOT NULL,
  since TIMESTAMP WITH TIME ZONE NOT NULL,
  sealed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  submitted_at TIMESTAMP WITH TIME ZONE,
  expires_at TIMESTAMP WITH TIME ZONE,
  waits_until TIMESTAMP WITH TIME ZONE,
  input_file_id VARCHAR(300),
  provider_job_id VARCHAR(300),
  provider_status VARCHAR(300),
  done BIGINT NOT NULL,
  failed BIGINT NOT NULL,
  problem_code VARCHAR(300),
  problem VARCHAR(2100)
);
CREATE INDEX job_provider ON job (provider_job_id);
CREATE INDEX job_recent ON job (in_flight, since);

-- Each record of llm.results and llm.failures, without its body.
CREATE TABLE outcome (
  failed BOOLEAN NOT NULL,
  part INTEGER NOT NULL,
  place BIGINT NOT NULL,
  at_time TIMESTAMP WITH TIME ZONE NOT NULL,
  admitted_at TIMESTAMP WITH TIME ZONE,
  custom_id VARCHAR(600),
  tenant VARCHAR(300) NOT NULL,
  team VARCHAR(300) NOT NULL,
  feature VARCHAR(300) NOT NULL,
  account VARCHAR(300) NOT NULL,
  model VARCHAR(300) NOT NULL,
  batch_id VARCHAR(100),
  provider_job_id VARCHAR(300),
  mode VARCHAR(10) NOT NULL,
  attempt INTEGER NOT NULL,
  code VARCHAR(300),
  kind VARCHAR(10),
  retryable BOOLEAN,
  message VARCHAR(700),
  input BIGINT,
  output BIGINT,
  cost_pico NUMERIC(38, 0),
  sync_cost_pico NUMERIC(38, 0),
  source_part INTEGER NOT NULL,
  source_place BIGINT NOT NULL,
  PRIMARY KEY (failed, part, place)
);
CREATE INDEX outcome_custom_id ON outcome (custom_id);
CREATE INDEX outcome_batch ON outcome (batch_id);
CREATE INDEX outcome_time ON outcome (failed, at_time);
