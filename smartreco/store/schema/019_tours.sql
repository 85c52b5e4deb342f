-- Who has seen the tour of the pages, or does not want to.

CREATE TABLE tours (
    username VARCHAR PRIMARY KEY,
    ended_at TIMESTAMP NOT NULL
);
