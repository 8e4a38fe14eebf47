// Writes a tar archive, plain or compressed, as a person's tar would, or a zip archive.
#pragma once
#include <archive.h>
#include <archive_entry.h>

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace dentate::data {

enum class Packing { Plain, Gzip };
using TarEntries = std::vector<std::pair<std::string, std::vector<std::uint8_t>>>;

inline void writeArchive(archive* const out, const std::filesystem::path& file,
                         const TarEntries& entries) {
  if (archive_write_open_filename(out, file.c_str()) != ARCHIVE_OK)
    throw std::runtime_error(archive_error_string(out));
  for (const auto& [name, content] : entries) {
    archive_entry* const entry = archive_entry_new();
    const bool folder = name.ends_with('/');
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, folder ? AE_IFDIR : AE_IFREG);
    archive_entry_set_perm(entry, folder ? 0755 : 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    archive_write_header(out, entry);
    archive_write_data(out, content.data(), content.size());
    archive_entry_free(entry);
  }
  archive_write_close(out);
  archive_write_free(out);
}

inline void writeTar(const std::filesystem::path& file, const TarEntries& entries,
                     Packing packing = Packing::Gzip) {
  archive* const out = archive_write_new();
  if (packing == Packing::Gzip) archive_write_add_filter_gzip(out);
  archive_write_set_filter_option(out, "gzip", "compression-level", "1");
  archive_write_set_format_pax_restricted(out);
  writeArchive(out, file, entries);
}

inline void writeZip(const std::filesystem::path& file, const TarEntries& entries) {
  archive* const out = archive_write_new();
  archive_write_set_format_zip(out);
  writeArchive(out, file, entries);
}

}  // namespace dentate::data
