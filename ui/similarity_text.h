// What an answer about representations says in words, and as files: names of its rows, CSV, and
// figures for print. Pure functions; no ImGui.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "engine/figure/figure.h"
#include "engine/link/similarity_view.h"
#include "engine/spec/experiment.h"

namespace dentate::ui {

// "task 3, rotated by 54°"; "category 7"; "category 7, item 312".
[[nodiscard]] std::string rowName(const link::SimilarityView& view, std::size_t row);
// One sign for a mark at an axis or a point in the plane: number of the task, or the category.
[[nodiscard]] std::string rowSign(const link::SimilarityView& view, std::size_t row);

struct AxisMark {
  std::string text;
  float at = 0;  // middle of what it stands for, in rows
};
// One a task or category; of items one a category.
[[nodiscard]] std::vector<AxisMark> axisMarks(const link::SimilarityView& view);

[[nodiscard]] const char* measureName(link::SimilarityRequest::Measure measure);
// "tasks, Pearson"; "items of task 3, cosine".
[[nodiscard]] std::string answerKind(const link::SimilarityView& view);
// The same with "meta-step 230".
[[nodiscard]] std::string answerNote(const link::SimilarityView& view);

// Columns layer, state (intact, lesioned), row, column, row_name, column_name, similarity; in full
// precision, empty where there is none.
[[nodiscard]] std::string similarityCsv(const link::SimilarityView& view,
                                        const spec::NetworkSpec& network);
// A heat map a layer, on one scale from `low` to 1; lesioned ones below the intact ones.
[[nodiscard]] figure::Figure similarityFigure(const link::SimilarityView& view,
                                              const spec::NetworkSpec& network, float low);

}  // namespace dentate::ui
