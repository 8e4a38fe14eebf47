// A rule that is lent to one network, or to one batch of networks, after another. Internal to
// engine/run.
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "engine/learn/rule.h"
#include "engine/run/setting.h"

namespace dentate::run {

struct Rates {
  double alpha_lr = 0, m_lr = 0;
  bool operator==(const Rates&) const = default;
};

class LentRule {
 public:
  // For networks of this replica's condition. `setting` outlives it.
  LentRule(const Setting& setting, std::size_t replica, learn::Body body);
  // As it is to learn with these: it is told what is not as it was. Lesions as in learn::Rule.
  [[nodiscard]] learn::Rule& with(const Rates& rates, std::span<const net::Lesions> lesions);

 private:
  std::unique_ptr<learn::Rule> rule_;
  Rates rates_;  // that it holds
  std::vector<net::Lesions> lesions_{1};
};

}  // namespace dentate::run
