# Psych as Debian's Jekyll calls it. Reads the table of texts and writes the rows, both JSON.

require "base64"
require "date"
require "json"
require "psych"

def instant(time)
  fraction = time.strftime(".%15N").sub(/\.?0+\z/, "")
  time.getutc.strftime("%Y-%m-%dT%H:%M:%S") + fraction + "Z"
end

def float(number)
  return "nan" if number.nan?
  return number.positive? ? "inf" : "-inf" if number.infinite?

  number.to_s
end

def described(value)
  case value
  when nil then { kind: "null", value: nil }
  when true, false then { kind: "bool", value: value }
  when Integer then { kind: "int", value: value.abs <= 2**53 ? value : value.to_s }
  when Float then { kind: "float", value: float(value) }
  when Time
    { kind: "timestamp", value: instant(value), offset: value.utc_offset / 60 }
  when Date then { kind: "date", value: value.strftime("%Y-%m-%d") }
  when String then { kind: "string", value: value.dup.force_encoding("UTF-8").scrub }
  when Symbol then { kind: "symbol", value: value.to_s }
  when Array then { kind: "seq", value: nil }
  when Hash then { kind: "map", value: nil }
  else { kind: value.class.name, value: nil }
  end
end

def row(text, line)
  read = Psych.safe_load("---\n#{line}\n", permitted_classes: [Date, Time], aliases: true)
  found = read.is_a?(Hash) ? yield(read) : nil
  described = found ? described(found[0]) : { kind: "none", value: nil }
  described[:entries] = read.size if found && read.size > 1
  { text: text }.merge(described)
rescue StandardError => e
  { text: text, kind: "error", value: nil, error: "#{e.class}: #{e.message.lines.first.to_s.strip}" }
end

table = JSON.parse($stdin.read)
puts JSON.generate(
  version: "psych #{Psych::VERSION}, libyaml #{Psych::LIBYAML_VERSION}, ruby #{RUBY_VERSION}",
  call: "Psych.safe_load(text, permitted_classes: [Date, Time], aliases: true), " \
        "text = \"---\\n\" + line + \"\\n\" (what Jekyll's front matter regexp captures)",
  values: table["values"].map { |text| row(text, "k: #{text}") { |map| [map["k"]] if map.key?("k") } },
  keys: table["keys"].map { |text| row(text, "#{text}: v") { |map| map.rassoc("v")&.first(1) } }
)
