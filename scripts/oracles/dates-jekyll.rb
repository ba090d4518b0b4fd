# What Jekyll makes of each text of the list on standard input, as the `date` of a document.
require "json"
require "jekyll"

rows = JSON.parse($stdin.read).map do |text|
  time = Jekyll::Utils.parse_date(text)
  # What the text does not say is that of the moment of the build.
  kind = Date._parse(text, true)[:year] ? "date" : "moment"
  value = kind == "date" ? time.utc.strftime("%Y-%m-%dT%H:%M:%SZ") : nil
  { "text" => text, "kind" => kind, "value" => value }
rescue Jekyll::Errors::InvalidDateError
  { "text" => text, "kind" => "error", "value" => nil }
end
puts JSON.generate("version" => "jekyll #{Jekyll::VERSION}, ruby #{RUBY_VERSION}",
                   "call" => "Jekyll::Utils.parse_date(text)", "texts" => rows)
