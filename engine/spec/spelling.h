// How the enumerations of an experiment are spelled, in files, on the command line and in tables.
#pragma once
#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

#include "engine/spec/experiment.h"
#include "engine/spec/lesion.h"

namespace dentate::spec {

template <class E>
struct Spelling {
  E value;
  std::string_view text;
};
template <class E>  // Clang up to 16 does not deduce the arguments of an aggregate by itself
Spelling(E, std::string_view)->Spelling<E>;

// Every value of E with its text: kSpellings<Condition>.
template <class E>
inline constexpr int kSpellings = 0;
template <>
inline constexpr std::array kSpellings<LayerRole>{
    Spelling{LayerRole::Input, "input"}, Spelling{LayerRole::Hidden, "hidden"},
    Spelling{LayerRole::Category, "category"}, Spelling{LayerRole::Item, "item"},
    Spelling{LayerRole::Bias, "bias"}};
template <>
inline constexpr std::array kSpellings<Inhibition>{Spelling{Inhibition::None, "none"},
                                                   Spelling{Inhibition::LearnedM, "learned_m"}};
template <>
inline constexpr std::array kSpellings<LayerKind>{
    Spelling{LayerKind::Dense, "dense"}, Spelling{LayerKind::Convolutional, "convolutional"}};
template <>
inline constexpr std::array kSpellings<Pathway>{Spelling{Pathway::None, "none"},
                                                Spelling{Pathway::Large, "large"},
                                                Spelling{Pathway::Small, "small"}};
template <>
inline constexpr std::array kSpellings<DatasetKind>{
    Spelling{DatasetKind::Mnist10k, "mnist-10k"}, Spelling{DatasetKind::Idx, "idx"},
    Spelling{DatasetKind::Cifar10, "cifar-10"},   Spelling{DatasetKind::Cifar100, "cifar-100"},
    Spelling{DatasetKind::Omniglot, "omniglot"},  Spelling{DatasetKind::Images, "images"}};
template <>
inline constexpr std::array kSpellings<StreamKind>{
    Spelling{StreamKind::Rotations, "rotations"},
    Spelling{StreamKind::Permutations, "permutations"},
    Spelling{StreamKind::ClassSplits, "class-splits"}, Spelling{StreamKind::Noise, "noise"},
    Spelling{StreamKind::Occlusion, "occlusion"}};
template <>
inline constexpr std::array kSpellings<Incremental>{Spelling{Incremental::Class, "class"},
                                                    Spelling{Incremental::Task, "task"}};
template <>
inline constexpr std::array kSpellings<Patch>{Spelling{Patch::Grows, "grows"},
                                              Spelling{Patch::Moves, "moves"}};
template <>
inline constexpr std::array kSpellings<Labels>{Spelling{Labels::Category, "category"},
                                               Spelling{Labels::Item, "item"},
                                               Spelling{Labels::Dual, "dual"}};
template <>
inline constexpr std::array kSpellings<Condition>{
    Spelling{Condition::Baseline, "baseline"}, Spelling{Condition::S, "s"},
    Spelling{Condition::Lr, "lr"}, Spelling{Condition::SLr, "s+lr"}};
template <>
inline constexpr std::array kSpellings<Update>{Spelling{Update::Asynchronous, "asynchronous"},
                                               Spelling{Update::Synchronous, "synchronous"}};
template <>
inline constexpr std::array kSpellings<AlphaPer>{Spelling{AlphaPer::Path, "path"},
                                                 Spelling{AlphaPer::Weight, "weight"}};
template <>
inline constexpr std::array kSpellings<Quirk>{Spelling{Quirk::Default, "default"},
                                              Spelling{Quirk::Published, "published"},
                                              Spelling{Quirk::Corrected, "corrected"}};
template <>
inline constexpr std::array kSpellings<AlphaForm>{Spelling{AlphaForm::Relu, "relu"},
                                                  Spelling{AlphaForm::Softplus, "softplus"}};
template <>
inline constexpr std::array kSpellings<Corrections>{
    Spelling{Corrections::AsPublished, "as_published"},
    Spelling{Corrections::ReservoirIndex, "reservoir_index"},
    Spelling{Corrections::OldMemory, "old_memory"}, Spelling{Corrections::Softplus, "softplus"},
    Spelling{Corrections::All, "corrected"}};
template <>
inline constexpr std::array kSpellings<Evaluate>{Spelling{Evaluate::Matrix, "matrix"},
                                                 Spelling{Evaluate::Diagonal, "diagonal"},
                                                 Spelling{Evaluate::Final, "final"}};
template <>
inline constexpr std::array kSpellings<Device>{
    Spelling{Device::Auto, "auto"}, Spelling{Device::Cpu, "cpu"}, Spelling{Device::Cuda, "cuda"}};
template <>
inline constexpr std::array kSpellings<LesionOrder>{
    Spelling{LesionOrder::Random, "random"}, Spelling{LesionOrder::MostActive, "most_active"},
    Spelling{LesionOrder::LeastActive, "least_active"}};

// Of the registry of inhibitions.
[[nodiscard]] std::span<const Spelling<Inhibition>> inhibitionSpellings();

// Those of E, wherever they lie.
template <class E>
[[nodiscard]] constexpr std::span<const Spelling<E>> spellings() {
  if constexpr (std::is_same_v<E, Inhibition>) {
    return inhibitionSpellings();
  } else {
    return kSpellings<E>;
  }
}

// "?" for a value outside of the enumeration.
template <class E>
[[nodiscard]] constexpr std::string_view spell(E value) {
  for (const auto& entry : spellings<E>()) {
    if (entry.value == value) return entry.text;
  }
  return "?";
}

// None where no value is spelled so.
template <class E>
[[nodiscard]] constexpr std::optional<E> valueNamed(std::string_view text) {
  for (const auto& entry : spellings<E>()) {
    if (entry.text == text) return entry.value;
  }
  return std::nullopt;
}

}  // namespace dentate::spec
