// The numbers of curves that were not measured at even distances; what a plot of them refers to.
#pragma once
#include <list>
#include <vector>

#include "ui/history.h"

namespace dentate::ui {

class PlacedNumbers {
 public:
  // A curve through `values` at `places`, which rise; it holds as long as this does.
  Trace add(std::vector<double> places, std::vector<Moments> values) {
    const auto& at = places_.emplace_back(std::move(places));
    const auto& value = values_.emplace_back(std::move(values));
    Trace trace{value.data(), value.size()};
    trace.places = at.data();
    return trace;
  }

 private:
  std::list<std::vector<double>> places_;  // lists: what lies in them stays where it is
  std::list<std::vector<Moments>> values_;
};

}  // namespace dentate::ui
