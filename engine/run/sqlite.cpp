#include "engine/run/sqlite.h"

#include <sqlite3.h>

#include <cmath>
#include <limits>
#include <utility>

namespace dentate::run {
namespace {

using spec::Error;

constexpr int kWaitMilliseconds = 2'000;  // for another program that reads or writes

std::string inWords(int code, const char* message) {
  switch (code & 0xff) {
    case SQLITE_FULL:
      return "the disk is full; free some space";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return "no permission to write it";
    case SQLITE_CANTOPEN:
      return "cannot be opened: it is missing, or there is no permission";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another program has it in use";
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return "is damaged, or no run of this program";
    case SQLITE_IOERR:
      return std::string("the disk does not take or give it: ") + message;
    default:
      return std::string("cannot be read or written: ") + message;
  }
}

}  // namespace

void Database::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

spec::Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file,
                                                       bool make) {
  sqlite3* opened = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | (make ? SQLITE_OPEN_CREATE : 0);
  sqlite3_open_v2(file.c_str(), &opened, flags, nullptr);
  std::unique_ptr<Database> made(new Database(file, opened));
  if (opened == nullptr) return Error{Error::Kind::Resource, file.string(), "no memory to open it"};
  if (sqlite3_errcode(opened) != SQLITE_OK) return made->error();
  sqlite3_extended_result_codes(opened, 1);
  sqlite3_busy_timeout(opened, kWaitMilliseconds);
  if (auto failed = made->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                                  "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF"))
    return *failed;
  return made;
}

spec::Error Database::error() const {
  const int code = sqlite3_errcode(database_.get());
  return {Error::Kind::Io, file_.string(), inWords(code, sqlite3_errmsg(database_.get()))};
}

spec::Status Database::execute(const std::string& sql) {
  if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return error();
  return {};
}

spec::Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* made = nullptr;
  const int code =
      sqlite3_prepare_v2(database_.get(), sql.data(), static_cast<int>(sql.size()), &made, nullptr);
  if (code != SQLITE_OK) {
    auto failed = error();
    // A table or a column is missing.
    if (code == SQLITE_ERROR) failed.what = "is no run of this program, or one of another version";
    return failed;
  }
  return Statement(*this, made);
}

void Statement::Finish::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Statement& Statement::bind(int place, std::int64_t value) {
  DENTATE_CHECK(sqlite3_bind_int64(statement_.get(), place + 1, value) == SQLITE_OK);
  return *this;
}

Statement& Statement::bind(int place, double value) {
  DENTATE_CHECK(sqlite3_bind_double(statement_.get(), place + 1, value) == SQLITE_OK);
  return *this;
}

Statement& Statement::bind(int place, const std::string& value) {
  DENTATE_CHECK(sqlite3_bind_text64(statement_.get(), place + 1, value.data(), value.size(),
                                    SQLITE_TRANSIENT, SQLITE_UTF8) == SQLITE_OK);
  return *this;
}

// SQLite refuses more bytes than a row may have; the statement then fails as it runs.
Statement& Statement::bind(int place, std::span<const std::uint8_t> value) {
  sqlite3_bind_blob64(statement_.get(), place + 1, value.data(), value.size(), SQLITE_STATIC);
  return *this;
}

spec::Status Statement::run() {
  const int code = sqlite3_step(statement_.get());
  spec::Status failed;
  if (code != SQLITE_DONE && code != SQLITE_ROW) failed = database_->error();
  reset();
  return failed;
}

spec::Result<bool> Statement::next() {
  const int code = sqlite3_step(statement_.get());
  if (code != SQLITE_DONE && code != SQLITE_ROW) return database_->error();
  return code == SQLITE_ROW;
}

std::int64_t Statement::whole(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

double Statement::real(int column) const {
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL)
    return std::numeric_limits<double>::quiet_NaN();
  return sqlite3_column_double(statement_.get(), column);
}

std::string Statement::text(int column) const {
  const auto bytes = this->bytes(column);
  return {bytes.begin(), bytes.end()};
}

std::span<const std::uint8_t> Statement::bytes(int column) const {
  const auto* const first =
      static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
  return {first, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

void Statement::reset() { sqlite3_reset(statement_.get()); }

spec::Result<Transaction> Transaction::begin(Database& database) {
  if (auto failed = database.execute("BEGIN IMMEDIATE")) return *failed;
  return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)) {}

// A failed statement may have undone it already.
Transaction::~Transaction() {
  if (database_ != nullptr) (void)database_->execute("ROLLBACK");
}

spec::Status Transaction::commit() {
  auto failed = database_->execute("COMMIT");
  if (!failed) database_ = nullptr;
  return failed;
}

}  // namespace dentate::run
