// The least of SQLite that a store needs: a database, its statements, transactions. Errors name the
// file and say what to do. Internal to engine/run.
// Thread one owner.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/spec/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace dentate::run {

class Statement;

class Database {
 public:
  // Opens the file, which `make` makes where it is missing. What is committed survives the death of
  // the program; a write-ahead log lets others read meanwhile.
  static spec::Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, bool make);

  // One or several statements without values.
  [[nodiscard]] spec::Status execute(const std::string& sql);
  // `sql` is one of ours: the program stops where it is wrong for a database that is whole.
  [[nodiscard]] spec::Result<Statement> prepare(std::string_view sql);
  // The last failure of this database.
  [[nodiscard]] spec::Error error() const;
  [[nodiscard]] const std::filesystem::path& file() const { return file_; }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  Database(std::filesystem::path file, sqlite3* open) : file_(std::move(file)), database_(open) {}

  std::filesystem::path file_;
  std::unique_ptr<sqlite3, Close> database_;
};

// A statement of a database, which outlives it. Values are bound and columns read from 0 on.
class Statement {
 public:
  Statement& bind(int place, std::int64_t value);
  Statement& bind(int place, double value);  // NaN becomes NULL
  Statement& bind(int place, const std::string& value);
  // The caller keeps the bytes until the statement has run.
  Statement& bind(int place, std::span<const std::uint8_t> value);

  // Runs it once, for its effect.
  [[nodiscard]] spec::Status run();
  // The next row; false after the last one.
  [[nodiscard]] spec::Result<bool> next();
  [[nodiscard]] std::int64_t whole(int column) const;
  [[nodiscard]] double real(int column) const;  // NULL becomes NaN
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::span<const std::uint8_t> bytes(int column) const;  // until the next row
  void reset();

 private:
  friend class Database;
  struct Finish {
    void operator()(sqlite3_stmt* statement) const;
  };
  Statement(const Database& of, sqlite3_stmt* made) : database_(&of), statement_(made) {}

  const Database* database_;
  std::unique_ptr<sqlite3_stmt, Finish> statement_;
};

// All of it or nothing: undone unless it is committed.
class Transaction {
 public:
  static spec::Result<Transaction> begin(Database& database);
  ~Transaction();
  Transaction(Transaction&& other) noexcept;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  Transaction& operator=(Transaction&&) = delete;
  [[nodiscard]] spec::Status commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;  // null: over
};

}  // namespace dentate::run
