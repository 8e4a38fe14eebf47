#include "engine/data/dataset.h"

#include <gtest/gtest.h>

#include <array>

namespace dentate::data {
namespace {

TEST(Datasets, EveryKindHasALoader) {
  EXPECT_EQ(datasetKinds().size(), 6U);
  // An empty place: each loader answers with an error of its own, none with "no loader".
  for (const auto kind : datasetKinds()) {
    const auto dataset = loadDataset({kind, "/no/such/folder"}, "/no/such/assets");
    ASSERT_FALSE(dataset.ok());
    EXPECT_EQ(dataset.error().kind, spec::Error::Kind::Data);
    EXPECT_EQ(dataset.error().where.find("/no/such"), 0U) << dataset.error().text();
  }
}

TEST(Datasets, RefusesAKindWithoutALoader) {
  const auto dataset = loadDataset({static_cast<spec::DatasetKind>(99), ""}, "assets");
  ASSERT_FALSE(dataset.ok());
  EXPECT_EQ(dataset.error().where, "data.dataset");
}

TEST(ToUnit, DividesBy255) {
  const std::array<std::uint8_t, 3> bytes{0, 51, 255};
  std::array<float, 3> units{};
  toUnit(bytes, units);
  EXPECT_EQ(units, (std::array<float, 3>{0.0F, 0.2F, 1.0F}));
}

}  // namespace
}  // namespace dentate::data
