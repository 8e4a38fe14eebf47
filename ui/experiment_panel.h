// The experiment: presets with pictures, and the values that can be edited. Rates act at once on a
// loaded run; everything else needs a restart, which the panel says and never does unasked.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ui/experiment_fields.h"
#include "ui/fetch_row.h"
#include "ui/panel.h"
#include "ui/presets.h"

namespace dentate::ui {

class ExperimentPanel : public Panel {
 public:
  static constexpr const char* kTitle = "Experiment";
  void draw(const PanelContext& context) override;

 private:
  void drawValues(const PanelContext& context);
  void drawGallery(const PanelContext& context);
  void drawFields(const PanelContext& context, std::span<const Field> fields);
  void drawField(const PanelContext& context, const Field& field);
  void drawCondition(const PanelContext& context);
  void drawInhibitions(const PanelContext& context);
  void drawDevice(const PanelContext& context);
  void drawMore(const PanelContext& context);
  void toggleCondition(const PanelContext& context, spec::Condition condition);
  void drawFooter(const PanelContext& context);
  void drawChanges(const PanelContext& context);
  void followRun(const PanelContext& context);
  void commit(const PanelContext& context, const std::string& key, const std::string& text);
  void compareWithRun(const PanelContext& context);

  std::optional<Presets> presets_;
  FetchRow fetch_row_;
  std::map<std::string, std::string> texts_;  // of the fields, as edited
  std::string editing_;                       // key of the field that has the keyboard
  std::vector<std::string> unlike_run_;       // keys that need a restart to act
  std::uint64_t compared_revision_ = 0;
  std::shared_ptr<const spec::ExperimentSpec> compared_spec_;
  std::uint64_t run_ = 0;  // drawn last
  int frame_ = 0;          // in which it was
  float footer_ = 1;       // pixels, in the last frame: it stays in sight below the values
  std::filesystem::path seen_preset_;  // the chosen one that the list was scrolled to
};

// Why a restart would change nothing or cannot be had; empty: it can.
[[nodiscard]] std::string whyNotRestart(const link::Snapshot& now, const Draft& draft);

// Sends the draft's rates to a loaded run where they differ from those in force.
//
// Load and Reset put the rates of the loaded experiment in force; where the panel sees one happen
// it sends the draft's again. A rate that is not in force for any other reason is marked.
void sendRates(const PanelContext& context);

}  // namespace dentate::ui
