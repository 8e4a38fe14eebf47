#include "engine/run/lent_rule.h"

#include <algorithm>

#include "engine/learn/registry.h"

namespace dentate::run {

LentRule::LentRule(const Setting& setting, std::size_t replica, learn::Body body)
    : rule_(learn::makeRule(setting.plan(replica), setting.rule(replica), body)
                .value()),  // the setting has tried it
      rates_{setting.spec.rule.alpha_lr, setting.spec.rule.m_lr} {}

learn::Rule& LentRule::with(const Rates& rates, std::span<const net::Lesions> lesions) {
  if (rates_ != rates) rule_->setRates(rates.alpha_lr, rates.m_lr);
  rates_ = rates;
  if (!std::ranges::equal(lesions_, lesions)) {
    rule_->setLesions(lesions);
    lesions_.assign(lesions.begin(), lesions.end());
  }
  return *rule_;
}

}  // namespace dentate::run
