// The first-order rule in its low-rank form, on any body that does the primitives.
#pragma once
#include <memory>
#include <vector>

#include "engine/learn/rule.h"
#include "engine/net/primitives.h"

namespace dentate::learn {

class LowRankRule final : public Rule {
 public:
  enum class Takes { AllReplicas, OneReplica };  // what the body's begin() takes

  // `plan` outlives it. rule.order is 1.
  LowRankRule(const net::Plan& plan, const spec::RuleSpec& rule,
              std::unique_ptr<net::Primitives> body, Takes takes = Takes::AllReplicas);

  void step(net::ParameterBatch& parameters, std::span<const StepInput> inputs,
            std::span<StepReport> reports) override;
  void setRates(double alpha_lr, double m_lr) override;
  void setLesions(std::span<const net::Lesions> lesions) override { body_->setLesions(lesions); }

 private:
  void stepTogether(net::ParameterBatch& parameters, std::span<const StepInput> inputs,
                    std::span<StepReport> reports);
  void take(std::span<const StepInput> inputs);
  void give(std::span<StepReport> reports);

  const net::Plan& plan_;
  net::Descent descent_;
  std::unique_ptr<net::Primitives> body_;
  Takes takes_;
  std::vector<net::MetaBatch> samples_;  // by replica
  std::vector<net::Measured> measured_;  // by replica: views of its report
  std::vector<double> not_learned_;      // where a body writes what the report leaves out
};

}  // namespace dentate::learn
