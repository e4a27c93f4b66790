// What Go's text/template, with Ollama's messages, makes of the TEMPLATEs of chat_templates/ollama.json: fills in their
// "renderings". Ollama's own code puts a SYSTEM in front where the first message is none of the system's.
//
//	cd tests/data && go run make_ollama_golden.go
package main

import (
	"bytes"
	"encoding/json"
	"os"
	"text/template"
)

type message struct{ Role, Content string }

type entry struct {
	Template   string   `json:"template"`
	System     string   `json:"system"`
	Renderings []string `json:"renderings"`
}

type golden struct {
	Conversations [][]message       `json:"conversations"`
	Templates     map[string]*entry `json:"templates"`
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// Keys in lower case, no HTML escapes: the file stays as it is but for the renderings.
func (m message) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(struct {
		Role    string `json:"role"`
		Content string `json:"content"`
	}{m.Role, m.Content})
	return bytes.TrimSpace(out.Bytes()), err
}

func main() {
	const file = "chat_templates/ollama.json"
	text, err := os.ReadFile(file)
	check(err)
	var all golden
	check(json.Unmarshal(text, &all))
	for name, one := range all.Templates {
		parsed, err := template.New(name).Parse(one.Template)
		check(err)
		one.Renderings = nil
		for _, conversation := range all.Conversations {
			if one.System != "" && conversation[0].Role != "system" {
				conversation = append([]message{{"system", one.System}}, conversation...)
			}
			system := ""
			if conversation[0].Role == "system" {
				system = conversation[0].Content
			}
			var out bytes.Buffer
			check(parsed.Execute(&out, map[string]any{"Messages": conversation, "System": system}))
			one.Renderings = append(one.Renderings, out.String())
		}
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	check(encoder.Encode(all))
	check(os.WriteFile(file, out.Bytes(), 0o644))
}
