#include "engine/data/rotate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

#include "engine/data/dataset.h"

namespace dentate::data {
namespace {

using Bytes = std::vector<std::uint8_t>;

// The first training digit (a nine), 54 degrees, by Pillow 13.0:
//   Image.fromarray(digit).rotate(54, resample=Image.BILINEAR)
// 200 digits at 0, 9, ..., 351 degrees and a 17 x 30 image at 40 odd angles were compared with it
// once: equal in all of 6,292,400 pixels.
// clang-format off
constexpr std::array<std::uint8_t, 784> kTurned54{
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 48, 18, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 117, 195, 207, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 43, 179, 249, 223, 194, 113, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 142, 222, 171, 158, 249, 236, 178, 39, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 139, 212, 195, 24, 73, 142, 227, 239, 187, 53, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 45, 194, 247, 73, 7, 0, 45, 116, 236, 231, 125, 28, 1, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 19, 89, 223, 197, 52, 0, 0, 0, 114, 225, 231, 249, 123, 54, 27, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 80, 195, 244, 172, 0, 0, 0, 43, 138, 222, 112, 165, 219, 198, 129, 37, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 8, 109, 249, 231, 49, 0, 0, 3, 47, 155, 142, 26, 47, 79, 157, 232, 106, 14, 2, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 11, 108, 230, 114, 2, 0, 0, 0, 91, 218, 171, 1, 0, 7, 63, 176, 242, 139, 19, 5, 0, 0,
    0, 0, 0, 0, 0, 0, 17, 154, 208, 73, 1, 0, 0, 48, 152, 250, 103, 12, 0, 0, 0, 73, 184, 242, 184, 42, 0, 0,
    0, 0, 0, 0, 0, 0, 56, 215, 203, 44, 0, 0, 13, 107, 224, 186, 71, 0, 0, 0, 0, 0, 78, 235, 241, 177, 61, 0,
    0, 0, 0, 0, 0, 7, 118, 228, 151, 15, 0, 0, 51, 171, 212, 120, 1, 0, 0, 0, 0, 0, 42, 115, 201, 232, 174, 39,
    0, 0, 0, 0, 0, 18, 145, 226, 118, 7, 0, 44, 141, 240, 152, 33, 0, 0, 0, 0, 0, 0, 0, 26, 89, 168, 209, 56,
    0, 0, 0, 0, 0, 3, 112, 246, 143, 61, 73, 150, 240, 207, 86, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 53, 65, 0,
    0, 0, 0, 0, 0, 0, 31, 171, 250, 200, 238, 235, 200, 116, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0,
    0, 0, 0, 0, 0, 0, 3, 111, 250, 246, 211, 173, 92, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 37, 101, 149, 77, 17, 13, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 16, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
};
// clang-format on

TEST(Rotate, GivesWhatPillowGives) {
  const auto dataset = loadDataset({}, "assets");
  ASSERT_TRUE(dataset.ok()) << dataset.error().text();
  const auto turned = rotate((*dataset)->train.image(0), 28, 28, 54);
  EXPECT_TRUE(std::equal(turned.begin(), turned.end(), kTurned54.begin(), kTurned54.end()));
}

TEST(Rotate, GivesWhatPillowGivesForAnOblong) {
  Bytes image(12);
  for (std::size_t i = 0; i < 12; ++i) image[i] = static_cast<std::uint8_t>(20 * i);
  // 4 wide, 3 high, 30 degrees; by Pillow 13.0 as above.
  EXPECT_EQ(rotate(image, 4, 3, 30), (Bytes{0, 31, 79, 130, 24, 81, 138, 195, 89, 140, 188, 0}));
}

TEST(Rotate, CopiesAtNoTurn) {
  const Bytes image{1, 2, 3, 4, 5, 255};
  EXPECT_EQ(rotate(image, 3, 2, 0), image);
  EXPECT_EQ(rotate(image, 3, 2, 360), image);
}

TEST(Rotate, TurnsCounterClockwiseAndExactlyByQuarters) {
  const Bytes image{1, 2,  //
                    3, 4};
  EXPECT_EQ(rotate(image, 2, 2, 90), (Bytes{2, 4, 1, 3}));
  EXPECT_EQ(rotate(image, 2, 2, 180), (Bytes{4, 3, 2, 1}));
  EXPECT_EQ(rotate(image, 2, 2, 270), (Bytes{3, 1, 4, 2}));
  EXPECT_EQ(rotate(image, 2, 2, -90), rotate(image, 2, 2, 270));
}

TEST(Rotate, LeavesTheOutsideBlackAndKeepsAnEvenGrey) {
  const Bytes grey(100, 200);
  const auto turned = rotate(grey, 10, 10, 45);
  EXPECT_EQ(turned[0], 0);
  EXPECT_EQ(turned[55], 200);
  for (const auto pixel : turned) EXPECT_TRUE(pixel == 0 || pixel == 200 || pixel == 199);
}

TEST(Rotate, OnePixelStaysItself) {
  for (const double degrees : {0.0, 17.0, 45.0, 90.0})
    EXPECT_EQ(rotate(Bytes{9}, 1, 1, degrees), Bytes{9});
}

}  // namespace
}  // namespace dentate::data
