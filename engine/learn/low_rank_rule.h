// The first-order rule in its low-rank form, on any body that does the primitives.
#pragma once
#include <memory>
#include <vector>

#include "engine/learn/rule.h"
#include "engine/net/primitives.h"

namespace dentate::learn {

class LowRankRule final : public Rule {
 public:
  using BodyMaker = std::unique_ptr<net::Primitives> (*)(const net::Plan& plan);

  // `plan` outlives it. rule.order is 1.
  LowRankRule(const net::Plan& plan, const spec::RuleSpec& rule, BodyMaker body);

  void step(net::ParameterBatch& parameters, std::span<const StepInput> inputs,
            std::span<StepReport> reports) override;
  void setRates(double alpha_lr, double m_lr) override;
  void setLesions(const net::Lesions& lesions) override { body_->setLesions(lesions); }

 private:
  void take(std::span<const StepInput> inputs);
  void give(std::span<StepReport> reports);

  const net::Plan& plan_;
  net::Descent descent_;
  std::unique_ptr<net::Primitives> body_;
  std::vector<net::MetaBatch> samples_;  // by replica
  std::vector<net::Measured> measured_;  // by replica: views of its report
  std::vector<double> not_learned_;      // where a body writes what the report leaves out
};

}  // namespace dentate::learn
