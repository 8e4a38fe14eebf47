// A run as writeRunFolder() saved it, read back for comparison: its metric points, in parts. One that
// has not ended is read from its store, as far as it was kept: whoever was killed left nothing else,
// and tables that lie there may be of the run before. Internal to engine/run.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/link/lesion_curves.h"
#include "engine/link/metric.h"
#include "engine/link/snapshot.h"
#include "engine/spec/result.h"

namespace dentate::run {

class Store;

class SavedRun {
 public:
  // Reads what is small. Refuses a folder that is no saved run; errors name the file.
  static spec::Result<std::unique_ptr<SavedRun>> open(std::uint64_t run, std::string name,
                                                      const std::filesystem::path& folder);

  // The next points, those of a few lines at least, until the deadline; empty once all are read.
  // An error names file and line; nothing more comes then.
  spec::Result<std::vector<link::MetricPoint>> read(std::chrono::steady_clock::time_point deadline);
  [[nodiscard]] bool done() const { return file_ == kFiles && given_ == kept_.size(); }
  // That it has not ended, and how far it is; may be empty.
  [[nodiscard]] const std::string& notice() const { return notice_; }
  [[nodiscard]] const link::RunEntry& entry() const { return entry_; }
  // Of its lesions.csv; null: it has none.
  [[nodiscard]] const link::LesionCurvesPtr& lesionCurves() const { return lesion_curves_; }
  void rename(std::string name) { entry_.name = std::move(name); }

 private:
  static constexpr int kFiles = 3;  // metrics.csv, accuracy.csv, sparsity.csv
  SavedRun() = default;
  spec::Status openTables();
  void readLesions();
  spec::Status openStore(Store& store);
  void takeSummaries();  // of networks that had ended
  [[nodiscard]] std::vector<link::MetricPoint> giveKept();
  spec::Status openNext();
  [[nodiscard]] spec::Result<link::MetricPoint> stepOf(std::string_view line) const;
  [[nodiscard]] spec::Result<link::MetricPoint> accuracyOf(std::string_view line) const;
  [[nodiscard]] spec::Result<link::MetricPoint> sparsityOf(std::string_view line) const;

  link::RunEntry entry_;
  std::filesystem::path folder_, path_;  // path_: of the file at hand
  std::ifstream in_;
  bool older_accuracy_ = false;  // accuracy.csv is of a version that did not look into the memory
  int file_ = 0;
  std::int64_t line_ = 0;                      // of it, from 1
  double bytes_ = 0, read_ = 0;                // of all files
  std::vector<link::SummaryPoint> summaries_;  // sent last
  std::vector<link::MetricPoint> kept_;        // in the store; empty: it is read from tables
  std::size_t given_ = 0;
  std::string notice_;
  link::LesionCurvesPtr lesion_curves_;
};

}  // namespace dentate::run
