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
