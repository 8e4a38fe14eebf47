// Fetching from a server that is slow, breaks off, lies about its length or sends a wrong file.
#include "engine/data/fetch.h"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <iterator>

#include "engine/data/sha256.h"
#include "tests/engine/data/local_server.h"
#include "tests/engine/data/temp_folder.h"

namespace dentate::data {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using Send = LocalServer::Send;

// The numbers of FIPS 180-4's examples.
TEST(Sha256, IsThatOfTheStandard) {
  EXPECT_EQ(sumOf(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sumOf("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sumOf("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sumOf(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

std::string content() {
  std::string out;
  for (int i = 0; i < 300'000; ++i) out += static_cast<char>('a' + i * i % 26);
  return out;
}

class Fetch : public testing::Test {
 protected:
  FetchRequest request(const LocalServer& server) const { return request(server.url()); }
  FetchRequest request(const std::string& url) const {
    return {url, folder_.path() / "data" / "file", sumOf(all_), 1'000'000, /*patience=*/2};
  }
  fs::path file() const { return folder_.path() / "data" / "file"; }
  fs::path part() const { return folder_.path() / "data" / "file.part"; }
  static std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void writePart(const std::string& text) const {
    fs::create_directories(part().parent_path());
    std::ofstream(part(), std::ios::binary) << text;
  }
  void expectWhole(const spec::Status& failed) const {
    EXPECT_FALSE(failed) << failed->text();
    EXPECT_TRUE(read(file()) == all_);  // too long to be printed
    EXPECT_FALSE(fs::exists(part()));
  }
  void expectError(const spec::Status& failed, const std::string& what) const {
    ASSERT_TRUE(failed) << what;
    EXPECT_EQ(failed->kind, spec::Error::Kind::Io);
    EXPECT_NE(failed->what.find(what), std::string::npos) << failed->text();
    EXPECT_FALSE(fs::exists(file()));
  }

  const std::string all_ = content();
  const TempFolder folder_;
};

TEST_F(Fetch, BringsTheFileWithProgressAndOnlyOnce) {
  LocalServer server([&](const auto& request, const auto& send) { serve(all_, request, send); });
  std::uint64_t last = 0, of = 0;
  bool backwards = false;
  const auto failed = fetch(request(server), [&](std::uint64_t done, std::uint64_t all) {
    backwards |= done < last;
    last = done;
    of = all;
    return true;
  });
  expectWhole(failed);
  EXPECT_FALSE(backwards);
  EXPECT_EQ(last, all_.size());
  EXPECT_EQ(of, all_.size());
  EXPECT_FALSE(fetch(request(server), nullptr));
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(Fetch, GoesOnWhereAConnectionBrokeOff) {
  LocalServer server(
      [&](const auto& request, const auto& send) { serve(all_, request, send, /*most=*/70'000); });
  expectWhole(fetch(request(server), nullptr));
  EXPECT_EQ(server.connections(), 5);
}

TEST_F(Fetch, GivesUpOnAServerThatSendsNothingMoreAndKeepsWhatCame) {
  LocalServer server([&](const auto& request, const auto& send) {
    serve(all_, request, send, rangeOf(request) == 0 ? 70'000 : 0);
  });
  expectError(fetch(request(server), nullptr), "breaks off again and again, after 70000 of 300000");
  EXPECT_EQ(server.connections(), 4);
  EXPECT_EQ(fs::file_size(part()), 70'000U);
  LocalServer better([&](const auto& request, const auto& send) {
    EXPECT_EQ(rangeOf(request), 70'000U);
    serve(all_, request, send);
  });
  expectWhole(fetch(request(better), nullptr));
}

TEST_F(Fetch, BeginsAnewWhereTheServerCannotGoOn) {
  writePart(all_.substr(0, 1000));
  LocalServer server([&](const auto& /*request*/, const auto& send) {
    send(head("200 OK", all_.size()));
    send(all_);
  });
  expectWhole(fetch(request(server), nullptr));
}

TEST_F(Fetch, TakesAPartThatIsWholeAndLeavesOneThatIsTooLong) {
  const auto refuse = [&](const auto& request, const auto& send) {
    if (rangeOf(request) >= all_.size())
      send(head("416 Range Not Satisfiable", 0));
    else
      serve(all_, request, send);
  };
  LocalServer server(refuse);
  writePart(all_);
  expectWhole(fetch(request(server), nullptr));
  fs::remove(file());
  writePart(all_ + "and more");
  expectWhole(fetch(request(server), nullptr));
}

TEST_F(Fetch, WaitsForASlowServerAndNotForASilentOne) {
  LocalServer slow([&](const auto& request, const auto& send) {
    const auto rest = all_.substr(rangeOf(request));
    send(head("200 OK", rest.size()));
    for (std::size_t at = 0; at < rest.size(); at += 60'000) {
      std::this_thread::sleep_for(200ms);
      send(rest.substr(at, 60'000));
    }
  });
  expectWhole(fetch(request(slow), nullptr));
  fs::remove(file());
  std::atomic<bool> over = false;
  LocalServer silent([&](const auto& /*request*/, const auto& send) {
    send(head("200 OK", all_.size()));
    send(all_.substr(0, 500));
    for (int i = 0; i < 100 && !over; ++i) std::this_thread::sleep_for(100ms);
  });
  const auto failed = fetch(request(silent), nullptr);
  over = true;
  expectError(failed, "sends nothing any more, after 500 bytes");
  EXPECT_EQ(fs::file_size(part()), 500U);
}

TEST_F(Fetch, RefusesAWrongFileAndKeepsNothingOfIt) {
  LocalServer server(
      [&](const auto& request, const auto& send) { serve("<html>sign in</html>", request, send); });
  expectError(fetch(request(server), nullptr), "the server sends another file: its SHA-256 is");
  EXPECT_FALSE(fs::exists(part()));
}

TEST_F(Fetch, RefusesALengthThatIsALie) {
  LocalServer shorter([&](const auto& /*request*/, const auto& send) {
    send(head("200 OK", 1000));  // and sends all
    send(all_);
  });
  expectError(fetch(request(shorter), nullptr), "the server sends another file");
  LocalServer endless([&](const auto& /*request*/, const auto& send) {
    send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    while (send(all_)) {
    }
  });
  expectError(fetch(request(endless), nullptr), "sends more than the 1000000 bytes");
  EXPECT_FALSE(fs::exists(part()));
}

TEST_F(Fetch, SaysWhatTheServerAnswersInstead) {
  LocalServer server(
      [&](const auto& /*request*/, const auto& send) { send(head("404 Not Found", 0)); });
  const auto failed = fetch(request(server), nullptr);
  expectError(failed, "the server answers 404 instead of the file");
  EXPECT_EQ(failed->where, server.url());
  EXPECT_FALSE(fs::exists(part()));  // of nothing
}

TEST_F(Fetch, SaysThatItIsOfflineAndWhereToPutTheFile) {
  std::string url;
  {
    LocalServer gone([](const auto&, const auto&) {});
    url = gone.url();
  }
  expectError(fetch(request(url), nullptr), "the server cannot be reached");
  const auto failed = fetch(request("http://no-such-host.invalid/file"), nullptr);
  expectError(failed, "seems to be offline");
  EXPECT_NE(failed->what.find("put it at " + file().string()), std::string::npos);
}

TEST_F(Fetch, StopsWhenAskedAndGoesOnLater) {
  LocalServer server([&](const auto& request, const auto& send) { serve(all_, request, send); });
  expectError(fetch(request(server), [](std::uint64_t done, std::uint64_t) { return done == 0; }),
              "stopped; what has come is kept");
  EXPECT_GT(fs::file_size(part()), 0U);
  expectWhole(fetch(request(server), nullptr));
}

TEST_F(Fetch, LeavesAnotherFileOfTheNameAlone) {
  fs::create_directories(file().parent_path());
  std::ofstream(file()) << "mine";
  const auto failed = fetch(request("http://127.0.0.1:1/file"), nullptr);
  ASSERT_TRUE(failed);
  EXPECT_NE(failed->what.find("another file is there already"), std::string::npos);
  EXPECT_EQ(read(file()), "mine");
}

TEST_F(Fetch, SaysWhereItCannotWrite) {
  std::ofstream(folder_.path() / "data") << "a file where the folder should be";
  const auto failed = fetch(request("http://127.0.0.1:1/file"), nullptr);
  ASSERT_TRUE(failed);
  EXPECT_NE(failed->what.find("cannot be written"), std::string::npos) << failed->text();
}

TEST_F(Fetch, TakesNoOtherAddressThanOfTheWeb) {
  const auto failed = fetch(request("file:///etc/passwd"), nullptr);
  expectError(failed, "it cannot be downloaded");
}

TEST_F(Fetch, BringsTheFilesOfADatasetAndCountsThemTogether) {
  LocalServer server([&](const auto& request, const auto& send) {
    serve(request.starts_with("GET /file1") ? all_ : all_.substr(0, 1000), request, send);
  });
  spec::Source source{spec::DatasetKind::Idx,
                      "two",
                      {{server.url() + "1", all_.size(), sumOf(all_)},
                       {server.url() + "2", 1000, sumOf(all_.substr(0, 1000))}}};
  std::uint64_t last = 0, of = 0;
  const auto progress = [&](std::uint64_t done, std::uint64_t all) {
    EXPECT_GE(done, last);
    last = done;
    of = all;
    return true;
  };
  const auto failed = fetch(source, folder_.path().string(), progress);
  ASSERT_FALSE(failed) << failed->text();
  EXPECT_EQ(last, all_.size() + 1000);
  EXPECT_EQ(of, all_.size() + 1000);
  EXPECT_TRUE(read(folder_.path() / "two/file1") == all_);
  EXPECT_EQ(fs::file_size(folder_.path() / "two/file2"), 1000U);
  // What is there is not fetched again; the next file is.
  fs::remove(folder_.path() / "two/file2");
  source.files[1].sha256 = sumOf("another");
  last = 0;
  const auto wrong = fetch(source, folder_.path().string(), progress);
  ASSERT_TRUE(wrong);
  EXPECT_NE(wrong->what.find("the server sends another file"), std::string::npos);
  EXPECT_EQ(wrong->where, server.url() + "2");
  EXPECT_EQ(server.connections(), 3);
}

TEST(Sources, NameWhereTheirFilesAreToLie) {
  for (const auto& source : spec::officialSources()) {
    const auto places = source.placesBelow("/d");
    ASSERT_EQ(places.size(), source.files.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
      EXPECT_TRUE(places[i].ends_with("/" + source.files[i].name())) << places[i];
      EXPECT_TRUE(places[i].starts_with(source.pathBelow("/d"))) << places[i];
      EXPECT_EQ(source.files[i].sha256.size(), 64U);
      EXPECT_GT(source.files[i].bytes, 1000U);
    }
  }
  const auto sources = spec::officialSources();
  EXPECT_EQ(sources[0].placesBelow("/d")[3], "/d/mnist/t10k-labels-idx1-ubyte.gz");
  EXPECT_EQ(sources[2].pathBelow("/d"), "/d/cifar-10-binary.tar.gz");
  EXPECT_EQ(sources[4].pathBelow("/d/"), "/d/omniglot");
  EXPECT_EQ(sources[4].pathBelow(""), "omniglot");
}

}  // namespace
}  // namespace dentate::data
