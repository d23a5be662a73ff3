# Die Wörter des Fensters auf Deutsch. Schlüssel und Argumente sind dieselben wie in en.ftl.
# Begriffe: cue und captions = Untertitel, doubtful word = unsicheres Wort, playhead = Abspielposition,
# queue = Warteschlange, profile/rules = Regeln, recording = Aufnahme, speaker = sprechende Person.

## Menus

menu-file = Datei
menu-edit = Bearbeiten
menu-cue = Untertitel
menu-go = Gehe zu
menu-play = Wiedergabe
menu-record = Aufnahme
menu-view = Ansicht
menu-help = Hilfe
# Der Buchstabe, der das Menü mit Alt öffnet. Er steht so im Namen.
menu-file-letter = D
menu-edit-letter = B
menu-cue-letter = U
menu-go-letter = G
menu-play-letter = W
menu-record-letter = A
menu-view-letter = s
menu-help-letter = H
menu-recording = Aufnahme { $time }
menu-finishing = Der Rest der Aufnahme wird erkannt
menu-queue = Warteschlange: { $done } von { $all }

## Commands, with the ids that settings use for them

command-file-open = Öffnen…
command-file-open-recording = Aufnahme zuordnen…
command-file-continue = Weiter untertiteln
command-file-caption-again = Neu untertiteln mit…
command-queue-page = Warteschlange
command-queue-add = Aufnahmen zur Warteschlange hinzufügen…
command-queue-add-folder = Ordner zur Warteschlange hinzufügen…
command-queue-run = Warteschlange starten oder anhalten
command-file-save = Speichern
command-file-save-as = Speichern unter…
command-file-export = Exportieren…
command-app-settings = Einstellungen…
command-file-close = Untertitel schließen
command-app-quit = Beenden
command-edit-undo = Rückgängig
command-edit-redo = Wiederholen
command-edit-cut = Untertitel ausschneiden
command-edit-copy = Untertitel kopieren
command-edit-paste = Untertitel einfügen
command-edit-find = Suchen
command-edit-replace = Ersetzen
command-edit-find-next = Weitersuchen
command-edit-find-previous = Rückwärts suchen
command-edit-select-all = Alle Untertitel auswählen
command-edit-italic = Kursiv
command-edit-bold = Fett
command-edit-underline = Unterstrichen
command-edit-upper-case = GROSSBUCHSTABEN
command-edit-lower-case = kleinbuchstaben
command-edit-title-case = Jedes Wort Groß
command-edit-sentence-case = Nur der Satzanfang groß
command-cue-edit-text = Text bearbeiten
command-cue-split = An der Schreibmarke teilen
command-cue-merge = Mit dem nächsten verbinden
command-cue-insert = Danach einfügen
command-cue-delete = Löschen
command-cue-speaker = Sprechende Person festlegen…
command-cue-find-speakers = Sprechende finden
command-cue-shift = Zeiten verschieben…
command-cue-start-here = An der Abspielposition beginnen
command-cue-end-here = An der Abspielposition enden
command-cue-end-here-next = An der Abspielposition enden, weiter zum nächsten
command-cue-start-earlier = Früher beginnen
command-cue-start-later = Später beginnen
command-cue-end-earlier = Früher enden
command-cue-end-later = Später enden
command-cue-fit = An die Sprache anpassen
command-cue-again = Neu erkennen
command-cue-take-alternative = Anderes Gehörtes übernehmen
command-cue-insert-left-out = Ausgelassenes einfügen
command-cue-take-back-term = Namen oder Fachbegriff zurücknehmen
command-cue-repair = Diesen Untertitel reparieren
command-cue-repair-all = Alle Untertitel reparieren
command-go-next = Nächster Untertitel
command-go-previous = Voriger Untertitel
command-go-next-editing = Nächsten Untertitel bearbeiten
command-go-previous-editing = Vorigen Untertitel bearbeiten
command-go-first = Erster Untertitel
command-go-last = Letzter Untertitel
command-go-next-doubtful = Nächstes unsicheres Wort
command-go-previous-doubtful = Voriges unsicheres Wort
command-go-next-problem = Nächstes Problem
command-go-previous-problem = Voriges Problem
command-go-next-unknown = Rechtschreibung prüfen
command-go-next-of-speaker = Nächster Untertitel dieser Person
command-go-previous-of-speaker = Voriger Untertitel dieser Person
command-go-next-area = Nächster Bereich des Fensters
command-go-previous-area = Voriger Bereich des Fensters
command-go-menus = Menüs
command-go-cue-menu = Menü des Untertitels
command-play-toggle = Abspielen oder anhalten
command-play-cue = Diesen Untertitel abspielen
command-play-loop = Diesen Untertitel in Schleife abspielen
command-play-from-word = Ab der Schreibmarke abspielen
command-play-back = 2 Sekunden zurück
command-play-forward = 2 Sekunden vor
command-play-slower = Langsamer
command-play-faster = Schneller
command-play-normal-speed = Normale Geschwindigkeit
command-play-follow = Der Wiedergabe folgen
command-view-problems = Probleme
command-view-speakers = Sprechende
command-view-suggestions = Vorschläge
command-view-filter = Untertitel filtern und sortieren
command-view-waveform = Wellenform
command-view-spectrogram = Spektrogramm
command-view-picture = Videobild
command-view-follow-newest = Den neuesten Untertiteln folgen
command-view-zoom-in = Vergrößern
command-view-zoom-out = Verkleinern
command-view-larger = Größere Schrift
command-view-smaller = Kleinere Schrift
command-view-normal = Normale Schriftgröße
command-record-page = Vorlesung aufnehmen
command-record-start = Aufnahme starten
command-record-pause = Aufnahme anhalten oder fortsetzen
command-record-stop = Aufnahme beenden
command-record-audience = Untertitel für das Publikum
command-record-browser = Untertitel im Browser
command-view-leave = Zurück zu den Untertiteln
command-app-guide = Anleitung
command-app-palette = Befehle…
command-app-shortcuts = Tastenkürzel…
command-app-about = Über Lectern

# Name of a command, and why it cannot be used.
command-refused = { $command }: { $reason }
command-tip = { $command } ({ $keys })
# Undo or redo, and the step that it concerns.
command-of-step = { $command }: { $step }

## Why a command cannot be used

obstacle-not-ready = Noch kann nichts aufgenommen werden; die Seite nennt den Grund
obstacle-no-record-page = Öffnen Sie zuerst die Aufnahmeseite
obstacle-not-recording = Es läuft keine Aufnahme
obstacle-first-page = Dies ist die erste Seite
obstacle-no-captions = Öffnen Sie zuerst Untertitel oder eine Aufnahme
obstacle-not-captioning = Zurzeit wird nichts untertitelt
obstacle-no-sound = Die Aufnahme zu diesen Untertiteln ist nicht geöffnet
obstacle-no-picture = Diese Aufnahme hat kein Bild
obstacle-no-doubtful = Kein Wort ist als unsicher markiert
obstacle-no-problem = Die Untertitel erfüllen die Regeln
obstacle-captioning = Bearbeiten können Sie, sobald das Untertiteln beendet oder angehalten ist
obstacle-read-only = Diese Untertitel sind nur zum Lesen geöffnet
obstacle-no-cue = Wählen Sie zuerst einen Untertitel aus
obstacle-no-next = Wählen Sie einen Untertitel aus, auf den ein weiterer folgt
obstacle-no-undo = Es gibt nichts rückgängig zu machen
obstacle-no-redo = Es gibt nichts zu wiederholen
obstacle-complete = Die Untertitel sind vollständig, oder ihre Aufnahme ist nicht geöffnet
obstacle-no-alternative = Die zweite Meinung zu diesem Untertitel weicht nicht ab
obstacle-no-left-out = Das zweite Sprachmodell hat keine weiteren Passagen
obstacle-no-term = Kein Wort dieses Untertitels gehört zu Ihren Namen und Fachbegriffen
obstacle-no-repair = An diesem Untertitel lässt sich nichts automatisch reparieren
obstacle-no-repairs = Nichts lässt sich automatisch reparieren

## Steps that can be undone, after "Undo: "

step-edit-text = Text bearbeiten
step-italic = { $count ->
    [one] Kursiv im Untertitel
   *[other] Kursiv in { $count } Untertiteln
}
step-no-italic = { $count ->
    [one] Nicht mehr kursiv im Untertitel
   *[other] Nicht mehr kursiv in { $count } Untertiteln
}
step-bold = { $count ->
    [one] Fett im Untertitel
   *[other] Fett in { $count } Untertiteln
}
step-no-bold = { $count ->
    [one] Nicht mehr fett im Untertitel
   *[other] Nicht mehr fett in { $count } Untertiteln
}
step-underline = { $count ->
    [one] Unterstreichung im Untertitel
   *[other] Unterstreichung in { $count } Untertiteln
}
step-no-underline = { $count ->
    [one] Keine Unterstreichung im Untertitel
   *[other] Keine Unterstreichung in { $count } Untertiteln
}
step-style = { $count ->
    [one] Stil des Untertitels
   *[other] Stil von { $count } Untertiteln
}
step-change-case = { $count ->
    [one] Groß- und Kleinschreibung ändern
   *[other] Groß- und Kleinschreibung von { $count } Untertiteln ändern
}
step-set-speaker = { $count ->
    [one] Sprechende Person festlegen
   *[other] Sprechende Person von { $count } Untertiteln festlegen
}
step-rename-speaker = { $name } umbenennen
step-merge-speaker = { $name } mit einer anderen Person verbinden
step-split-speaker = { $name } teilen
step-find-speakers = Sprechende finden
step-forget-voices = Stimmen vergessen
step-split = Untertitel teilen
step-merge = { $count ->
    [one] Untertitel verbinden
   *[other] { $count } Untertitel verbinden
}
step-insert = Untertitel einfügen
step-delete = { $count ->
    [one] Untertitel löschen
   *[other] { $count } Untertitel löschen
}
step-cut = { $count ->
    [one] Untertitel ausschneiden
   *[other] { $count } Untertitel ausschneiden
}
step-paste = { $count ->
    [one] Untertitel aus der Zwischenablage einfügen
   *[other] { $count } Untertitel aus der Zwischenablage einfügen
}
step-complete = Untertitel vervollständigen
step-replace-cues = { $count ->
    [one] Untertitel ersetzen
   *[other] { $count } Untertitel ersetzen
}
step-recognize-again = { $count ->
    [one] Untertitel neu erkennen
   *[other] { $count } Untertitel neu erkennen
}
step-retime = Zeiten ändern
step-shift = { $count ->
    [one] Untertitel verschieben
   *[other] { $count } Untertitel verschieben
}
step-replace = Ersetzen
step-replace-all = Alle ersetzen
step-insert-left-out = Passage einfügen
step-dismiss-left-out = Passage verwerfen
step-take-back-term = Namen oder Fachbegriff zurücknehmen
step-repair = { $count ->
    [one] 1 Untertitel reparieren
   *[other] { $count } Untertitel reparieren
}

## Keys

key-ctrl = Strg
key-shift = Umschalt
key-alt = Alt
key-down = Pfeil ab
key-left = Pfeil links
key-right = Pfeil rechts
key-up = Pfeil auf
key-enter = Eingabe
key-space = Leertaste
key-delete = Entf
key-home = Pos1
key-end = Ende
key-escape = Esc
key-tab = Tab
key-backspace = Rücktaste
key-insert = Einfg
key-page-up = Bild auf
key-page-down = Bild ab

## Counts and names that several places share

cue-count = { $count ->
    [one] 1 Untertitel
   *[other] { $count } Untertitel
}
problem-count = { $count ->
    [one] 1 Problem
   *[other] { $count } Probleme
}
suggestion-count = { $count ->
    [one] 1 Vorschlag
   *[other] { $count } Vorschläge
}
doubtful-count = { $count ->
    [one] 1 unsicheres Wort
   *[other] { $count } unsichere Wörter
}
doubt-chance = Mit { $percent } % Wahrscheinlichkeit falsch
doubt-alternative = Zweite Meinung: „{ $text }“ ({ $keys })
doubt-nothing-heard = Zweite Meinung: hier kein Wort ({ $keys })
doubt-agreed = Die zweite Meinung ist dieselbe
doubt-others = Auch möglich: { $texts } ({ $keys })
alternative-of = Lesart { $number } von { $count }; dieselben Tasten bringen die nächste
alternative-first = Der Text, wie er zuerst war
listed-count = { $count ->
    [one] 1 Ihrer Namen und Fachbegriffe
   *[other] { $count } Ihrer Namen und Fachbegriffe
}
listed-word = Einer Ihrer Namen und Fachbegriffe
listed-instead = Ohne Ihre Liste: „{ $text }“ ({ $keys })
listed-take-back = { $keys } nimmt die Markierung weg
part-of-whole = { $part } von { $whole }
rules-lecture = Vorlesung
rules-met = Erfüllt die Regeln „{ $rules }“.
rules-broken = { $count ->
    [one] 1 Problem nach den Regeln „{ $rules }“.
   *[other] { $count } Probleme nach den Regeln „{ $rules }“.
}
rules-suggestions = { $count ->
    [one] { $verdict } 1 Vorschlag.
   *[other] { $verdict } { $count } Vorschläge.
}
button-cancel = Abbrechen
button-close = Schließen
button-open = Öffnen
button-save = Speichern
button-change = Ändern…
button-back = Zurück
button-repair = Reparieren
button-replace = Ersetzen
button-discard = Löschen
button-look-again = Erneut prüfen
button-try-again = Erneut versuchen

## Start page

start-purpose = Untertitel für Vorlesungen, erstellt auf diesem Computer.
start-open = Datei öffnen
start-open-hint = Eine Aufnahme zum Untertiteln oder Untertitel zum Korrigieren
start-record = Vorlesung aufnehmen
start-record-hint = Untertitel, während Sie sprechen
start-record-trouble = Vorlesung aufnehmen: { $trouble }
start-queue = Mehrere Aufnahmen auf einmal: Warteschlange öffnen
start-opening = { $name } wird geöffnet
start-drop = oder eine Datei irgendwo in dieses Fenster ziehen
start-let-go = Zum Öffnen loslassen
start-kept = Lectern wurde nicht richtig beendet. Diese Änderungen wurden gesichert:
start-kept-unnamed = Untertitel, die noch keine Datei hatten
start-kept-titled = { $title }, noch ohne Datei
start-recover = Wiederherstellen
start-cut-off = Eine Aufnahme wurde unterbrochen. Der Ton ist gesichert; die Untertitel lassen sich vervollständigen:
start-cut-off-length = { $recorded }, davon fehlen { $left }
start-later = Später
start-later-hint = Wird beim nächsten Start wieder angeboten
start-finish = Untertitel vervollständigen
start-recent = Zuletzt geöffnet
start-forget = { $name } vergessen
start-forget-hint = Aus dieser Liste entfernen
first-title = Die ersten Schritte
first-close = Die ersten Schritte ausblenden
first-open = Öffnen Sie eine Aufnahme, oder nehmen Sie eine Vorlesung auf: Die Untertitel erscheinen automatisch.
first-correct = Lesen Sie mit und verbessern Sie: Eingabe öffnet einen Untertitel, F7 führt zum nächsten unsicheren Wort.
first-export = Strg+E exportiert die Untertitel für Ihren Kurs.
first-keys = F1 zeigt alle Tastenkürzel, F10 öffnet die Menüs, F6 führt von einem Teil des Fensters zum nächsten.
first-guide = Anleitung lesen

## Toolbar and status bar

tool-save = Untertitel speichern
tool-export = Untertitel exportieren…
tool-undo = Die letzte Änderung rückgängig machen
tool-redo = Die letzte Änderung wiederholen
tool-play = Aufnahme abspielen oder anhalten
tool-face-play = Abspielen
tool-face-pause = Anhalten
state-captioning = wird untertitelt
state-read-only = nur zum Lesen: in einem anderen Fenster geöffnet
state-unsaved = nicht gespeichert
state-saved = gespeichert
status-selected = { $count } ausgewählt
status-second = Wird noch einmal erkannt…
status-language = Sprache der Untertitel
status-rules = Regeln: { $rules }
status-rules-name = Regeln für Untertitel
status-rules-hint = Die Regeln, nach denen die Untertitel geprüft werden
status-meets-rules = erfüllt die Regeln
status-entry-hint = { $count }: { $command }
notice-dismiss = Ausblenden

## Captioning

progress-stop = Anhalten
progress-stop-hint = Die vorhandenen Untertitel bleiben erhalten
progress-follow = Folgen
progress-name = Fortschritt der Untertitel
progress-connect = Aufnahme zuordnen…
progress-incomplete = Die Untertitel reichen bis { $until }.
progress-incomplete-of = Die Untertitel reichen bis { $until } von { $length }.
progress-ready = { $count ->
    [one] Die Untertitel sind fertig: 1 Untertitel
   *[other] Die Untertitel sind fertig: { $count } Untertitel
}
progress-ready-close = Die Untertitel sind fertig: schließen
progress-stopping = Wird angehalten…
progress-listening = Die Aufnahme wird gelesen…
progress-finding = Die Stelle bei { $time } wird gesucht…
progress-percent = { $percent } %
progress-done = { $time } erledigt
progress-speed = { $speed }-mal so schnell wie gesprochen
left-moment = noch wenige Sekunden
left-seconds = noch { $seconds } s
left-minutes = noch { $minutes } min
left-hours = noch { $hours } h

## List of cues

list-empty = Noch keine Untertitel
list-name = { $count ->
    [one] Untertitelliste, 1 Untertitel
   *[other] Untertitelliste, { $count } Untertitel
}
column-in = Beginn
column-out = Ende
column-seconds = Sek.
column-speed = Z/s
column-speaker = Person
column-text = Text
cue-number = Untertitel { $number }
# Eine Zeile der Liste für Vorleseprogramme.
cue-heard-span = bei { $time }, { $seconds } Sekunden lang
cue-heard-doubtful = { $doubtful }: { $words }
heard-seconds = { $count ->
    [one] 1 Sekunde
   *[other] { $seconds } Sekunden
}
heard-minutes = { $minutes ->
    [one] 1 Minute { $rest }
   *[other] { $minutes } Minuten { $rest }
}
heard-hours = { $hours ->
    [one] 1 Stunde { $rest }
   *[other] { $hours } Stunden { $rest }
}
cue-in-time = Beginn von Untertitel { $number }
cue-out-time = Ende von Untertitel { $number }
cue-text = Text von Untertitel { $number }
cue-in-edge = Beginn von Untertitel { $number }, ziehen
cue-out-edge = Ende von Untertitel { $number }, ziehen

## Announced to screen readers, not shown

said-start = Startseite
said-opened = { $name } ist geöffnet. Untertitel: { $count }
said-captioning = { $name } wird untertitelt
said-download = { $name } wird heruntergeladen
said-downloaded = Herunterladen von { $name }: { $done }
said-download-failed = { $name } konnte nicht heruntergeladen werden
said-quarter = Ein Viertel ist untertitelt
said-half = Die Hälfte ist untertitelt
said-three-quarters = Drei Viertel sind untertitelt
said-left = { $done }, noch { $minutes } min
said-recording-ended = Die Aufnahme ist beendet
said-saved = { $name } gespeichert
said-undone = Rückgängig gemacht: { $step }
said-redone = Wiederholt: { $step }
said-done = Erledigt: { $step }
said-rate = Tempo { $percent } %
said-starts = Beginnt bei { $time }
said-ends = Endet bei { $time }
said-edge-stays = Die Zeit bleibt unverändert: Dort ist kein Platz
area-menu = Menüs
area-tools = Werkzeuge
area-page = Seite des Fensters
area-speakers = Wer spricht
area-problems = Was die Regeln bricht
area-sound = Ton der Untertitel
area-status = Stand der Untertitel
area-notices = Meldungen

## Find and replace

find-field = Suchen
find-match-case = Groß- und Kleinschreibung beachten
find-whole-words = Nur ganze Wörter
find-regex = Regulärer Ausdruck
find-selected = In Auswahl
find-selected-hint = In den ausgewählten Untertiteln
find-nothing = Nichts gefunden
find-count = { $count ->
    [one] 1 Treffer
   *[other] { $count } Treffer
}
find-hit = Untertitel { $number }, { $time }: { $text }
find-close = Suche schließen

rows-show = Gezeigte Untertitel
rows-all = Alle Untertitel
rows-doubtful = Mit zweifelhaften Wörtern
rows-problems = Mit Problemen
rows-unknown = Mit Wörtern, die nicht im Wörterbuch stehen
rows-everybody = Alle
rows-speaker = Sprechende Person
rows-text = Nur mit diesem Text
rows-sort = Reihenfolge der Untertitel
rows-by-time = Nach Zeit
rows-by-speed = Schnellste zuerst
rows-by-doubt = Zweifelhafteste zuerst
rows-sort-by-time = Nach Zeit sortieren
rows-sort-by-speed = Nach Lesegeschwindigkeit sortieren
rows-sort-by-doubt = Nach Zweifel sortieren
rows-count = { $shown } von { $all } Untertiteln
rows-close = Alle Untertitel nach Zeit zeigen

spelling-looking = Ein Wörterbuch wird gesucht …
spelling-ready = Wörterbuch: { $name }
spelling-missing = Auf diesem Computer gibt es kein Wörterbuch für „{ $language }“. Installieren Sie das Hunspell-Wörterbuch dieser Sprache.
spelling-no-language = Die Sprache dieser Untertitel ist nicht bekannt, deshalb wird ihre Rechtschreibung nicht geprüft.
spelling-unreadable = { $path }: Das Wörterbuch kann nicht gelesen werden: { $cause }
spelling-broken = { $path }: Dieses Wörterbuch ist nicht verwendbar.
spelling-off = Die Rechtschreibprüfung ist in den Einstellungen ausgeschaltet
spelling-done = Keine unbekannten Wörter mehr
spelling-title = Nicht im Wörterbuch: { $word }
spelling-no-suggestions = Keine Vorschläge
spelling-add = Zu Namen und Begriffen hinzufügen
spelling-add-hint = Das Wort gilt als bekannt, und die Erkennung achtet darauf
spelling-added = „{ $word }“ zu Namen und Begriffen hinzugefügt
spelling-skip = Überspringen
spelling-edit = Bearbeiten
spelling-unknown = nicht im Wörterbuch: { $words }
find-replacement = Ersetzen durch
find-replace-all = Alle ersetzen

## Speakers

speakers-title = Sprechende
speakers-close = Sprechende ausblenden
speakers-count = Anzahl der Sprechenden
speakers-count-hint = Wenn Sie die Zahl der Sprechenden kennen, geben Sie sie an. 0: automatisch.
speakers-any = beliebig
speakers-find = Sprechende finden
speakers-find-hint = Unterscheidet die Stimmen auf diesem Computer und gibt an, wer in jedem Untertitel spricht. Namen, die Sie gewählt haben, bleiben.
speakers-find-again = Neu finden
speakers-find-again-hint = Dauert nur einen Moment: Die Stimmen sind bekannt. Namen, die Sie gewählt haben, bleiben.
speakers-finding = Stimmen werden gesucht…
speakers-found = { $count ->
    [one] 1 Person spricht
   *[other] { $count } Personen sprechen
}
speakers-one-voice = Nur eine Stimme ist zu hören; sie erhält keinen Namen
speakers-none = Kein Untertitel sagt, wer spricht. Die Tasten 1 bis 9 legen es für die ausgewählten Untertitel fest.
speakers-keys = 1 bis 9: Person der ausgewählten Untertitel, 0: keine. Mit Umschalt auch für die Untertitel danach, bis die Person wechselt. Die nächste freie Zahl ist eine neue Person.
speakers-no-such = Eine Person { $number } gibt es noch nicht. { $next } fügt eine neue hinzu.
speakers-cue-has-none = Dieser Untertitel sagt nicht, wer spricht
speakers-row = Person { $number }: { $name }, { $share }
speakers-share = { $percent } % · { $time } · { $count ->
    [one] 1 Untertitel
   *[other] { $count } Untertitel
}
speakers-name = Name der Person
speakers-rename = Umbenennen
speakers-play = ▶ Probe hören
speakers-previous = ◀ Untertitel
speakers-next = Untertitel ▶
speakers-previous-name = Voriger Untertitel von { $name }
speakers-next-name = Nächster Untertitel von { $name }
speakers-only = Nur diese
speakers-only-hint = Zeigt in der Liste nur, was diese Person sagt
speakers-split = In zwei teilen
speakers-split-hint = Wenn zwei Personen für eine gehalten wurden
speakers-unknown-voices = Finden Sie zuerst die Sprechenden, damit die Stimmen bekannt sind
speakers-merge = Verbinden mit…
speakers-remember = Diese Stimme merken…
speakers-remember-hint = Damit sie in anderen Aufnahmen mit Namen genannt wird
speakers-sounds-like = { $speaker } klingt wie { $name }.
speakers-take-name = { $name } nennen
speakers-kept = Dieses Projekt speichert, wie die Stimmen klingen, damit Sprechende neu gefunden werden können.
speakers-pass-on = Gemerkte Stimmen mit diesem Projekt weitergeben
speakers-pass-on-hint = Wer das Projekt bekommt, kann diese Personen dann in anderen Aufnahmen erkennen. Das sind biometrische Daten: Geben Sie sie nur weiter, wenn die Personen einverstanden sind.
speakers-came-with = Mit diesem Projekt kamen Stimmen: { $names }
speakers-remember-passed = Auf diesem Computer merken
speakers-forget = Stimmen vergessen
speakers-forget-hint = Bevor Sie dieses Projekt weitergeben. Die Namen bleiben.

## Remembered voices

remember-title = Die Stimme von { $name } merken?
remember-text = Lectern erkennt diese Stimme dann in Ihren anderen Aufnahmen. Dafür speichert es 192 Zahlen, die die Stimme beschreiben, auf diesem Computer in einer Datei, die nur Sie lesen dürfen; den Ton speichert es nicht. Diese Zahlen sind biometrische Daten, die in vielen Ländern nur mit Einwilligung der Person gespeichert werden dürfen. In den Einstellungen können Sie sie entfernen.
remember-hint = Dr. Weber
remember-name = Name der Person
remember-agreed = Ich habe diese Person gefragt
remember-go-on = Merken
voices-title = Gemerkte Stimmen
voices-none = Es ist keine Stimme gemerkt. Wählen Sie dafür „Diese Stimme merken…“ unter Ansicht, Sprechende.
voices-hint = Nur auf diesem Computer. In Untertiteln mit Sprechenden werden diese Personen mit Namen genannt.
voices-forget = Vergessen
voices-forget-name = Die Stimme von { $name } vergessen
voices-forget-all = Alle vergessen
voices-export = Exportieren…
voices-exported = Geschrieben: { $path }
voices-remembered = Die Stimme ist gemerkt
dialog-voices = Gemerkte Stimmen exportieren

## Problems

problems-title = Probleme
left-out-title = { $count ->
    [one] 1 Passage fehlt vielleicht
   *[other] { $count } Passagen fehlen vielleicht
}
left-out-hint = Nur das zweite Sprachmodell hat sie erkannt. Es können auch Geräusche oder andere Stimmen sein.
left-out-go = Gehe zu { $time }
left-out-go-hint = Dort hineinhören
left-out-insert = Einfügen
left-out-insert-at = Die Passage bei { $time } einfügen
left-out-dismiss = Verwerfen
left-out-dismiss-at = Die Passage bei { $time } verwerfen
problems-close = Probleme ausblenden
problems-repair-all = Alle reparieren
problems-suggestions = Vorschläge zeigen
problems-suggestions-hint = Was die Regeln über ihre Grenzen hinaus empfehlen, und Grenzen, für die zu schnell gesprochen wird
problems-entry = Untertitel { $number }: { $text }
problems-repair-hint = Verteilt die Wörter neu; für den aktuellen Untertitel { $keys }
problems-repair-cue = Untertitel { $number } reparieren

# What is wrong with a cue: what was found, then the limit, then whether the speech forces it.
remark-empty = kein Text
remark-ends-early = endet { $seconds } s vor dem Beginn
remark-overlap = beginnt { $seconds } s vor dem Ende des vorigen Untertitels
remark-order = beginnt { $seconds } s vor dem Beginn des vorigen Untertitels
remark-line-length = { $value } Zeichen in einer Zeile
remark-line-count = { $value } Zeilen
remark-characters = { $value } Zeichen
remark-reading-speed = { $value } Zeichen pro Sekunde
remark-word-rate = { $value } Wörter pro Minute
remark-time-per-word = { $value } s pro Wort
remark-duration = { $value } s lang gezeigt
remark-gap = { $value } s nach dem vorigen Untertitel
remark-balance = { $value } der längeren Zeile
remark-aim-gap = { $remark } (besser { $limit } oder mehr, oder keine Lücke)
remark-aim-more = { $remark } (besser { $limit } oder mehr)
remark-aim-fewer = { $remark } (besser { $limit } oder weniger)
remark-aim-less = { $remark } (besser { $limit } oder weniger)
remark-at-least = { $remark }, mindestens { $limit }
remark-at-most = { $remark }, höchstens { $limit }
remark-fast-speech = { $remark } (es wird zu schnell gesprochen)
remark-break = ein Umbruch trennt { $parts }
break-word = Teile eines Wortes
break-number-unit = Zahl und Einheit
break-number = Zahl und Substantiv
break-title-name = Titel und Namen
break-name = Teile eines Namens
break-infinitive-verb = „zu“ und Verb
break-article-noun = Artikel und Substantiv
break-possessive-noun = Possessivpronomen und Substantiv
break-preposition-object = Präposition und Objekt
break-conjunction-clause = Konjunktion und Nebensatz
break-pronoun-verb = Pronomen und Verb
break-auxiliary-verb = Hilfsverb und Verb
break-negation-verb = Verneinung und Verb
break-modifier-noun = Attribut und Substantiv
break-operator = Operator und Operanden
break-enclitic = Wort und Partikel

## Sound

picture-name = Bild des Videos
sound-waveform = Wellenform
sound-edge-hint = Alt: nur dieser Rand. Umschalt: ohne Einrasten.
sound-drag-hint = Umschalt: ohne Einrasten.
sound-drag-times = { $from } – { $to }, { $seconds } s
sound-cue = Untertitel
sound-repeat = Schleife
sound-follow = Folgen
sound-rate = Geschwindigkeit
sound-rate-hint = Geschwindigkeit; die Tonhöhe bleibt
sound-missing = kein Ton
sound-reading = Ton wird gelesen
sound-reading-percent = Ton wird gelesen, { $percent } %

## Settings

settings-title = Einstellungen
settings-captions = Untertitel
settings-model = Sprachmodell
settings-model-default = Automatisch auswählen
settings-language = Gesprochene Sprache
settings-language-default = Automatisch erkennen
settings-language-mixed = Mehrere: in jedem Abschnitt erkennen
settings-candidates-example = Deutsch, English
settings-candidates = Auswahl der Sprachen
settings-candidates-hint = Sprachen, die vorkommen können, durch Kommas getrennt. Alle, die das Modell kennt, wenn es leer ist.
settings-rules = Regeln
settings-doubts = Unsichere Wörter
settings-doubts-few = Wenige markieren
settings-doubts-usual = Normal viele markieren
settings-doubts-many = Viele markieren
settings-second-tick = Nach dem Untertiteln noch einmal erkennen, um falsche Wörter zu finden
settings-second-hint = Im Hintergrund, mit dem Sprachmodell „tiny“, wenn es auf diesem Computer ist. Wo es etwas anderes erkennt, werden Wörter markiert, und F4 übernimmt dessen Text.
settings-spelling-tick = Wörter kennzeichnen, die das Wörterbuch nicht kennt
settings-spelling-hint = Nutzt die Hunspell-Wörterbücher dieses Computers, wie LibreOffice und Firefox. Namen und Begriffe gelten als bekannt.
settings-speakers-tick = Angeben, wer spricht (Lecturer, Audience, Speaker 1 …)
settings-channels-tick = Jeden Kanal für sich erkennen (Channel 1, Channel 2 …)
settings-channels-hint = Für Aufnahmen mit einem Mikrofon für jede Person, etwa Interviews. Es dauert so lange wie alle Kanäle nacheinander.
settings-speakers-hint = Stimmen werden auf diesem Computer unterschieden. Die Namen lassen sich danach unter Ansicht, Sprechende, ändern.
settings-low-memory-tick = Weniger Arbeitsspeicher verwenden (das Untertiteln dauert länger)
settings-low-memory-hint = Für Computer mit wenig Arbeitsspeicher: Die Aufnahme wird Stück für Stück nacheinander erkannt.
settings-vocabulary = Namen und Fachbegriffe
settings-vocabulary-hint = Einer pro Zeile. Die Erkennung schreibt sie so. Vorhandene Untertitel ändern sich nicht.
settings-vocabulary-example-name = Ada Lovelace
settings-vocabulary-example-term = Analytische Maschine
settings-window = Fenster
settings-window-language = Sprache des Fensters
settings-colors = Farben
settings-theme-system = Wie das System
settings-theme-light = Hell
settings-theme-dark = Dunkel
settings-theme-contrast = Hoher Kontrast
settings-font = Schrift der Untertitel
settings-font-default = Wie das Fenster
settings-text-size = Schriftgröße
settings-applied = Änderungen gelten sofort. Bereits geöffnete Untertitel behalten ihre Regeln.
language-ar = Arabisch
language-zh = Chinesisch
language-cs = Tschechisch
language-da = Dänisch
language-nl = Niederländisch
language-en = Englisch
language-fi = Finnisch
language-fr = Französisch
language-de = Deutsch
language-el = Griechisch
language-he = Hebräisch
language-hi = Hindi
language-hu = Ungarisch
language-it = Italienisch
language-ja = Japanisch
language-ko = Koreanisch
language-no = Norwegisch
language-pl = Polnisch
language-pt = Portugiesisch
language-ru = Russisch
language-es = Spanisch
language-sv = Schwedisch
language-tr = Türkisch
language-uk = Ukrainisch

## Export

export-title = Untertitel exportieren
export-button = Exportieren
export-files = { $count ->
    [one] 1 Datei exportieren
   *[other] { $count } Dateien exportieren
}
export-no-format = Wählen Sie links Formate aus.
export-keeps-all = Enthält alles aus diesen Untertiteln.
export-loses = Enthält nicht: { $losses }.
export-no-text = Dieses Format lässt sich nicht als Text anzeigen.
export-name = Name
export-language-in-name = Sprache im Namen
export-word-times = Zeiten der Wörter
export-folder = Ordner
export-change-folder = Ordner ändern
export-overwrite = Dateien mit diesen Namen ersetzen

# What is hidden in captions when they are written.
hiding-nothing = Verbergen: nichts
hiding-personal = Verbergen: persönliche Daten
hiding-words = Verbergen: Wörter der Liste
hiding-both = Verbergen: persönliche Daten und Wörter der Liste
hiding-personal-tick = Persönliche Daten durch Kürzel wie [EMAIL] ersetzen
hiding-personal-hint = E-Mail- und Postadressen, Nummern von Telefonen, Karten, Konten und Ausweisen sowie Namen, wo Regeln sie finden. Sie finden das meiste, nicht alles: Lesen Sie, was Sie veröffentlichen. Das Projekt behält jedes Wort.
hiding-list = Zu verbergende Wörter, eines je Zeile, gebeugte Formen nach Kommas
hiding-list-example = Mist, Mists, Miste
hiding-masked = Stattdessen *** schreiben
hiding-left-out = Weglassen
hiding-tagged = Behalten und im JSON für Programme markieren

# Formats of files; names that are the same in every language are not here.
format-srt = SubRip-Untertitel
format-vtt = WebVTT-Untertitel
format-ttml = TTML-Untertitel (IMSC)
format-ebuttd = EBU-TT-D-Untertitel
format-sbv = YouTube-Untertitel (SBV)
format-lrc = Liedtext (LRC)
format-csv = Tabelle (CSV)
format-tsv = Tabelle (TSV)
format-text = Transkript als reiner Text
format-json = Lectern-Transkript
format-markdown = Markdown-Transkript
format-html = Transkript als Webseite (HTML)
format-docx = Word-Transkript (DOCX)

# What a format does not hold, after "Does not hold".
loss-cues = { $count ->
    [one] die Einteilung in 1 Untertitel und seine Zeiten
   *[other] die Einteilung in { $count } Untertitel und ihre Zeiten
}
loss-end-times = { $count ->
    [one] die Endzeit von 1 Untertitel
   *[other] die Endzeiten von { $count } Untertiteln
}
loss-milliseconds = { $count ->
    [one] Millisekunden: 1 Untertitel auf Hundertstelsekunden gerundet
   *[other] Millisekunden: { $count } Untertitel auf Hundertstelsekunden gerundet
}
loss-overlaps = { $count ->
    [one] Überlappungen: 1 Untertitel gekürzt oder verbunden
   *[other] Überlappungen: { $count } Untertitel gekürzt oder verbunden
}
loss-empty-cues = { $count ->
    [one] 1 Untertitel ohne Text
   *[other] { $count } Untertitel ohne Text
}
loss-line-breaks = { $count ->
    [one] die Zeilenumbrüche von 1 Untertitel
   *[other] die Zeilenumbrüche von { $count } Untertiteln
}
loss-hidden = { $count ->
    [one] Steuerzeichen und andere unsichtbare Zeichen in 1 Untertitel
   *[other] Steuerzeichen und andere unsichtbare Zeichen in { $count } Untertiteln
}
loss-styles = { $count ->
    [one] Kursives, Fettes und Unterstrichenes in 1 Untertitel
   *[other] Kursives, Fettes und Unterstrichenes in { $count } Untertiteln
}
loss-colors = { $count ->
    [one] Farben und Durchgestrichenes in 1 Untertitel
   *[other] Farben und Durchgestrichenes in { $count } Untertiteln
}
loss-own-markup = { $count ->
    [one] Auszeichnungen in 1 Untertitel, die nur sein erstes Format kennt
   *[other] Auszeichnungen in { $count } Untertiteln, die nur deren erstes Format kennt
}
loss-places = { $count ->
    [one] die Stelle von 1 Untertitel im Bild
   *[other] die Stelle von { $count } Untertiteln im Bild
}
loss-speakers = { $count ->
    [one] die sprechenden Personen von 1 Untertitel als Daten
   *[other] die sprechenden Personen von { $count } Untertiteln als Daten
}
loss-word-times = { $count ->
    [one] die Zeit von 1 Wort
   *[other] die Zeiten von { $count } Wörtern
}
loss-word-ends = { $count ->
    [one] die Endzeit von 1 Wort
   *[other] die Endzeiten von { $count } Wörtern
}
loss-probabilities = { $count ->
    [one] die Wahrscheinlichkeit von 1 Wort
   *[other] die Wahrscheinlichkeiten von { $count } Wörtern
}
loss-segments = { $count ->
    [one] 1 Abschnitt mit dem ursprünglich erkannten Wortlaut
   *[other] { $count } Abschnitte mit dem ursprünglich erkannten Wortlaut
}
loss-tags = { $count ->
    [one] die Kennzeichnung von 1 Wort der Filterliste
   *[other] die Kennzeichnung von { $count } Wörtern der Filterliste
}
loss-language = die Sprache
loss-title = den Titel
loss-media = Namen und Länge der Aufnahme

## Other dialogs

about-version = Version { $version }, { $target }
about-engine = Erkennt Sprache mit der eigenen Engine und { $instructions }-Befehlen
about-purpose = Erstellt auf diesem Computer Untertitel für Vorlesungen. Nichts, was Sie öffnen oder sagen, verlässt ihn, es sei denn, Sie zeigen Live-Untertitel im Netzwerk des Raums.
about-updates = Lectern sucht nie von selbst nach neuen Versionen. Sie finden sie dort, woher Sie diese haben.
about-licence = Lizenz nach Ihrer Wahl: { $one } oder { $other }. Enthalten sind:
about-part = { $part } ({ $licence })
about-parts = Die Lizenzen aller { $count } Teile
about-whisper = das Sprachmodell Whisper
about-silero = Silero, das Sprache im Ton findet
about-speakers = die Modelle, die erkennen, wer spricht
busy-recording = Aufnahme beenden?
busy-recording-text = Die Aufnahme wird beendet, ihre Untertitel werden vervollständigt und gespeichert, dann schließt sich das Fenster.
busy-recording-go-on = Beenden, speichern und schließen
busy-queue = Warteschlange anhalten und schließen?
busy-queue-text = Es werden gerade Aufnahmen untertitelt. Was erkannt wurde, bleibt erhalten; der Rest wartet in der Warteschlange auf den nächsten Start.
busy-queue-go-on = Anhalten und schließen
busy-finishing = Jetzt schließen?
busy-finishing-text = Die Aufnahme ist gesichert, aber ihre Untertitel sind unvollständig. Lectern vervollständigt sie beim nächsten Start.
busy-stay = Weitermachen
discard-title = Gesicherte Änderungen löschen?
discard-text = Alle Änderungen seit dem letzten Speichern werden gelöscht und lassen sich nicht wiederherstellen.
discard-keep = Behalten
discard-go-on = Löschen
existing-title = Zu dieser Aufnahme gibt es Untertitel
existing-question = Möchten Sie die Untertitel zu { $name } öffnen oder die Aufnahme neu untertiteln?
existing-again = Neu untertiteln mit…
existing-again-hint = Diese Dateien bleiben unverändert, bis Sie sie beim Speichern oder Exportieren ersetzen
existing-open = { $name } öffnen
existing-project = Projekt
existing-captions = Untertitel
caption-title = { $name } untertiteln
caption-go-on = Beginnen
caption-at-once = Aufnahmen ohne diese Frage untertiteln
caption-at-once-hint = Lectern nimmt dann Sprache, Modell und Namen vom letzten Mal; sie stehen auch in den Einstellungen
saved-now = gerade eben gespeichert
saved-minutes = { $count ->
    [one] vor 1 Minute gespeichert
   *[other] vor { $count } Minuten gespeichert
}
saved-hours = { $count ->
    [one] vor 1 Stunde gespeichert
   *[other] vor { $count } Stunden gespeichert
}
saved-days = { $count ->
    [one] vor 1 Tag gespeichert
   *[other] vor { $count } Tagen gespeichert
}
palette-hint = Befehl eingeben
palette-name = Befehl
palette-none = Kein passender Befehl
path-hint = Auf diesem Computer fehlt ein Programm für Dateidialoge: Installieren Sie zenity oder ein Desktop-Portal. Geben Sie bis dahin den Pfad hier ein, oder fügen Sie ihn ein.
path-taken = Eine Datei mit diesem Namen gibt es bereits.
path-replace = Ersetzen
path-save = Hier speichern
path-open = Öffnen
path-choose = Auswählen
path-example = /home/ada/vorlesung.mp4
path-name = Pfad
shift-title = Zeiten verschieben
shift-by = Um
shift-example = 1,5 oder -0:02,250
shift-name = Verschieben um, in Sekunden
shift-seconds = Sekunden
shift-sign = Mit einem Minuszeichen erscheinen die Untertitel früher.
shift-selected = Die ausgewählten Untertitel
shift-all = Alle Untertitel
shift-go-on = Verschieben
shortcuts-title = Tastenkürzel
shortcuts-hint = Klicken Sie auf die Tasten eines Befehls und drücken Sie dann die neuen.
shortcuts-search = Suchen
shortcuts-search-name = Tastenkürzel suchen
shortcuts-reset-all = Alle zurücksetzen
shortcuts-press = Tasten drücken…
shortcuts-none = keine
shortcuts-keys-of = Tasten für { $command }
shortcuts-reset = Zurücksetzen
shortcuts-reset-of = Tasten für { $command } zurücksetzen
shortcuts-taken = { $keys } gehört bereits zu: { $commands }
shortcuts-use = Verwenden für: { $command }
shortcuts-leave = Nicht ändern
speaker-title = Wer spricht in den ausgewählten Untertiteln?
speaker-hint = Unbekannt
speaker-name = Sprechende Person
speaker-known = In diesen Untertiteln
speaker-go-on = Festlegen
unsaved-title = Änderungen speichern?
unsaved-text = Die Untertitel „{ $name }“ haben ungespeicherte Änderungen.
unsaved-captioning = Das Untertiteln endet hier. Es lässt sich fortsetzen, wenn die Untertitel wieder geöffnet sind.
unsaved-discard = Nicht speichern

## File dialogs

dialog-open = Untertitel oder Aufnahme öffnen
dialog-recording = Aufnahme zu diesen Untertiteln auswählen
dialog-save = Speichern
dialog-folder = Ordner für die Dateien auswählen
dialog-queue-files = Aufnahmen zur Warteschlange hinzufügen
dialog-queue-folder = Ordner mit Aufnahmen zur Warteschlange hinzufügen
dialog-openable = Untertitel und Aufnahmen
dialog-all-files = Alle Dateien
dialog-project = Lectern-Projekt

## Record page

record-title = Vorlesung aufnehmen
record-hint = Der Ton ist eine Sekunde nach dem Sprechen gespeichert. Die Untertitel erscheinen, während Sie sprechen.
record-start = Aufnahme starten
record-back-hint = Zur Startseite
record-microphone = Mikrofon
record-microphone-default = Standard des Systems
record-microphone-default-named = Standard des Systems: { $name }
record-microphone-missing = { $name } (nicht angeschlossen)
record-channel = Kanal
record-channel-all = Alle zusammen
record-channel-one = Nur Kanal { $channel }
record-level = Pegel
record-too-loud = zu laut
record-turn-down = zu laut: Mikrofon leiser stellen
record-level-loud = Pegel { $level } dB, zu laut
record-level-value = Pegel { $level } dB
record-level-silence = Pegel: Stille
record-level-hint = So laut ist der Ton. Der Strich ist die höchste Spitze; ganz rechts ist der Ton übersteuert.
record-stability = Wörter stehen fest
record-stability-high = so bald wie möglich; mehr davon sind falsch
record-stability-medium = bald
record-stability-low = spät; weniger davon sind falsch
record-sound = Ton
record-full-quality = Auch den Originalton in voller Qualität aufbewahren
record-full-quality-hint = In einer zweiten Datei mit allen Kanälen. Für die Untertitel genügen 16 kHz.
record-folder = Speichern in
record-folder-hint = Ordner für Aufnahmen auswählen
record-trying = Sechs Sekunden Probe: Sprechen Sie wie in der Vorlesung…
record-trying-hint = Sie können sofort aufnehmen.
record-trouble = Die Aufnahme ist noch nicht möglich
record-bad = Beheben Sie dies vor der Aufnahme
record-cautions = { $count ->
    [one] Bereit, mit einem Hinweis
   *[other] Bereit, mit { $count } Hinweisen
}
record-ready = Alles ist bereit
finding-no-sound = Vom Mikrofon kommt kein Ton: Es ist stumm, ausgeschaltet oder das falsche.
finding-clipped = Der Ton ist zu laut und übersteuert: Stellen Sie das Mikrofon leiser.
finding-no-speech = Es wurde keine Sprache gefunden: Versuchen Sie es noch einmal und sprechen Sie wie in der Vorlesung.
finding-quiet-speech = Die Sprache ist leise ({ $level } dB): Stellen Sie das Mikrofon lauter oder näher.
finding-loud-room = Der Raum ist laut: Die Sprache liegt nur { $above } dB über dem Geräusch. Stellen Sie das Mikrofon näher.
finding-good-sound = Das Mikrofon ist gut: Sprache bei { $speech } dB, Spitzen bei { $peak } dB.
finding-slow-folder = Der Ordner ist zu langsam für eine Aufnahme: Wählen Sie einen auf diesem Computer.
finding-writable-folder = In den Ordner kann geschrieben werden.
finding-space-minutes = Auf der Festplatte ist nur Platz für { $minutes } Minuten: Schaffen Sie Platz.
finding-space-hours = Auf der Festplatte ist Platz für { $hours } Stunden.
finding-best-model = Das Modell { $name } ist das beste, das auf diesem Computer mit der Sprache Schritt hält.
finding-better-model = Das Modell { $name } ({ $size }) würde weniger Fehler machen und ebenfalls Schritt halten: Laden Sie es auf der Seite der Modelle herunter.
finding-slow-model = Dieser Computer ist zu langsam für dieses Modell: Die Untertitel bleiben zurück, aber kein Ton geht verloren. Wählen Sie ein kleineres Modell.
finding-utterances-only = Die Untertitel kommen Satz für Satz: Dieser Computer ist langsam für dieses Modell.
finding-latency = Wörter erscheinen etwa { $seen } s nach dem Sprechen und stehen nach { $certain } s fest.
record-state-paused = Angehalten
record-state-recording = Aufnahme
record-state-finishing = Der Rest wird erkannt
record-state-starting = Startet
record-length-hint = Länge der Aufnahme
record-lag-large = { $seconds } s im Rückstand; kein Ton geht verloren
record-lag = { $seconds } s im Rückstand
record-lag-hint = So weit liegt die Erkennung hinter der Aufnahme zurück. In Pausen holt sie auf; kein Ton geht verloren.
record-room-minutes = Platz für { $minutes } min
record-room-hours = Platz für { $hours } h
record-room-days = Platz für Tage
record-room-hint = So viel Aufnahme passt noch auf die Festplatte
record-safe-closes = Die Aufnahme ist gesichert. Das Fenster schließt sich, wenn die Untertitel gespeichert sind.
record-safe-opens = Die Aufnahme ist gesichert. Die Untertitel öffnen sich, wenn sie vollständig sind.
record-stop = Beenden
record-pause = Anhalten
record-resume = Fortsetzen
record-voice = Sprecher { $number }
record-voice-name = Name
record-voice-hint = Der Name bleibt, wenn die Sprecher nach dem Ende noch einmal ermittelt werden
record-words-hint = Hier erscheinen die Wörter, während Sie sprechen
trouble-show-models = Ordner der Modelle öffnen
trouble-choose-folder = Anderen Ordner auswählen
trouble-no-model = Es gibt kein Sprachmodell. Legen Sie eines in den Ordner der Modelle.

## Captions for the audience

audience-show = Untertitel zeigen:
audience-window = Dem Publikum
audience-browser = Im Browser
audience-browser-label = Im Browser:
audience-readers = Wer im Browser mitlesen kann
audience-readers-here = Nur auf diesem Computer
audience-readers-network = Im Netzwerk des Raums
audience-copy = Kopieren
audience-copy-hint = Adresse kopieren
audience-qr = QR-Code
audience-qr-hint = Die Adresse als Bild zeigen, das Telefone lesen können
audience-qr-name = QR-Code von { $address }
audience-address-here = Nur Browser auf diesem Computer können diese Adresse öffnen.
audience-address-network = Alle im Netzwerk, die diese Adresse haben, können mitlesen.
audience-address-hint = Das Ende der Adresse ist ein Code, den niemand erraten kann. Er bleibt einen Tag lang gleich. Niemand kann dort etwas ändern. Wenn andere die Adresse nicht öffnen können, hält die Firewall dieses Computers oder des Netzwerks sie ab.
audience-look = So sieht das Publikum die Untertitel
audience-place = Position
audience-place-window = Ein frei bewegliches Fenster
audience-place-full = Der ganze Bildschirm
audience-place-top = Ein Streifen oben
audience-place-bottom = Ein Streifen unten
audience-place-top-left = Die Ecke links oben
audience-place-top-right = Die Ecke rechts oben
audience-place-bottom-left = Die Ecke links unten
audience-place-bottom-right = Die Ecke rechts unten
audience-size = Schriftgröße
audience-colors = Farben
audience-white-on-black = Weiß auf Schwarz
audience-yellow-on-black = Gelb auf Schwarz
audience-black-on-white = Schwarz auf Weiß
audience-black-on-yellow = Schwarz auf Gelb
audience-lines = Zeilen
audience-tentative = Wörter, die sich noch ändern können
audience-on-top = Immer im Vordergrund
audience-mirrored = Gespiegelt
audience-mirrored-hint = Für eine Leinwand, die von hinten beleuchtet wird
audience-look-hint = Ziehen Sie das Fenster auf den Projektor; F11 oder ein Doppelklick dort füllt den Bildschirm. Die Schrift ist die der Untertitel in den Einstellungen.
audience-title = Untertitel
audience-waiting = Hier erscheinen die Untertitel

## Queue

queue-title = Warteschlange
queue-looking = Aufnahmen werden gesucht
queue-pausing = wird angehalten: was erkannt wurde, bleibt erhalten
queue-ready = wartet auf Ihren Start
queue-purpose = Untertitel für einen ganzen Kurs, während Sie etwas anderes tun
queue-failed = { $count } fehlgeschlagen
queue-left = noch { $time } Ton
queue-done = { $all ->
    [one] { $done } von 1 Aufnahme fertig
   *[other] { $done } von { $all } Aufnahmen fertig
}
queue-start = Starten
queue-pause = Anhalten
queue-add-files = Dateien hinzufügen…
queue-add-folder = Ordner hinzufügen…
queue-clear = Fertige entfernen
queue-clear-hint = Entfernt fertige Aufnahmen aus dieser Liste; die Untertitel bleiben
queue-back-hint = Die Warteschlange läuft weiter
queue-formats = Untertitel als { $formats }
queue-drop-hint = Ziehen Sie Aufnahmen oder Ordner irgendwo in dieses Fenster, oder fügen Sie sie mit den Knöpfen oben hinzu.
queue-output-hint = Die Untertitel werden neben jeder Aufnahme gespeichert, dazu ein Projekt zum Korrigieren. Wenn eine Aufnahme scheitert, laufen die anderen weiter.
queue-progress = Fortschritt von { $name }
queue-elsewhere = wird von einem anderen Programm untertitelt ({ $machine })
queue-crashed = hat den Prozess zum Absturz gebracht; wird noch einmal allein versucht
queue-waiting = Wartet
queue-captioning = wird untertitelt
queue-remove = { $name } entfernen
queue-remove-hint = Aus der Warteschlange entfernen; keine Datei wird geändert
queue-move-down = { $name } nach unten
queue-move-down-hint = Nach unten
queue-move-up = { $name } nach oben
queue-move-up-hint = Nach oben
queue-try-again = Erneut versuchen: { $name }
queue-try-again-hint = Noch einmal, wenn die Aufnahme an der Reihe ist
queue-replace = Ersetzen: { $name }
queue-replace-hint = Untertiteln und die vorhandenen Untertitel ersetzen
queue-open = Die Untertitel von { $name } öffnen
queue-doubtful = { $count ->
    [one] 1 unsichere Stelle zu prüfen
   *[other] { $count } unsichere Stellen zu prüfen
}
queue-skipped-captioned = wurde schon untertitelt, mit demselben Modell und denselben Einstellungen
queue-skipped-corrected = die Untertitel wurden von Hand korrigiert und bleiben unverändert
queue-skipped-foreign = hat schon Untertitel, die unverändert bleiben
queue-skipped-elsewhere = wurde inzwischen von einem anderen Programm untertitelt
queue-empty = In der Warteschlange wartet nichts; fügen Sie zuerst Aufnahmen hinzu
queue-ended = { $count ->
    [one] Die Warteschlange ist fertig: 1 Aufnahme mit Untertiteln
   *[other] Die Warteschlange ist fertig: { $count } Aufnahmen mit Untertiteln
}
queue-ended-failed = { $count ->
    [one] Die Warteschlange ist fertig; 1 Aufnahme konnte nicht untertitelt werden
   *[other] Die Warteschlange ist fertig; { $count } Aufnahmen konnten nicht untertitelt werden
}
queue-failure-input = Die Aufnahme lässt sich nicht lesen.
queue-failure-recognizer = Die Erkennung ist fehlgeschlagen.
queue-failure-crash = Lectern ist an dieser Aufnahme gescheitert.
queue-failure-output = Die Untertitel lassen sich nicht schreiben.
queue-failure-settings = Die Angaben zu dieser Aufnahme sind nicht verwendbar.
queue-failure-crashed = Lectern ist an dieser Aufnahme zweimal abgestürzt ({ $end }). Wandeln Sie sie in WAV um, oder wählen Sie ein anderes Modell.
queue-failure-disk = Der Datenträger ist voll: { $free } sind frei, { $needed } sind zum Anfangen nötig. Schaffen Sie Platz, und starten Sie die Warteschlange erneut.
queue-failure-format = Diese Untertitel lassen sich nicht als { $format } schreiben. Wählen Sie ein anderes Format.
queue-failure-shared = Die Untertitel kämen an denselben Ort wie die von { $path }. Benennen Sie eine der beiden Aufnahmen um.
queue-failure-name = Der Name der Datei ist kein Unicode. Benennen Sie sie um.
queue-end-signal = Signal { $signal }
queue-end-code = Rückgabewert { $code }
queue-end-unknown = ohne Spur

## Notices: files and captions

notice-folder-not-shown = Der Ordner konnte nicht gezeigt werden ({ $cause }): { $path }
notice-crashed = In Lectern ist ein Fehler aufgetreten ({ $task }); Ihre Untertitel sind unverändert
notice-project-damaged = Das Projekt ist beschädigt, eine frühere Fassung ist unversehrt: { $path }
notice-open-version = Diese Fassung öffnen
notice-recording-moved = Die Aufnahme ist nicht mehr am alten Ort: { $path }
notice-choose-recording = Auswählen
notice-open-elsewhere = Dieses Projekt ist in einem anderen Fenster geöffnet. Sehen Sie es hier an, oder speichern Sie es unter einem anderen Namen.
notice-fixed = Beim Öffnen von { $format } berichtigt: { $what }
notice-fixed-line = Zeile { $line }: { $what }
notice-fixed-more = { $what }, und { $count } weitere
notice-fixed-fault = ein Verstoß gegen das Format
notice-ready = Die Untertitel sind fertig: { $name }
notice-failed = Das Untertiteln ist fehlgeschlagen: { $name }
notice-failed-kept = { $count ->
    [one] { $error } 1 Untertitel bleibt erhalten.
   *[other] { $error } { $count } Untertitel bleiben erhalten.
}
notice-stopped-kept = { $count ->
    [one] Angehalten; 1 Untertitel bleibt erhalten
   *[other] Angehalten; { $count } Untertitel bleiben erhalten
}
notice-written = { $count ->
    [one] 1 Datei geschrieben
   *[other] { $count } Dateien geschrieben
}
notice-open-folder = Ordner öffnen
notice-export-again = Erneut exportieren
notice-untitled = Untertitel
notice-not-in-place = { $format } kann Folgendes nicht aufnehmen: { $lost }. Ein Projekt enthält alles.
notice-not-kept = Ungespeicherte Änderungen sind vor einem Absturz nicht sicher. { $error }
notice-save-now = Jetzt speichern
notice-save-elsewhere = Anderswo speichern
notice-name-taken = Dieses Projekt ist in einem anderen Fenster geöffnet; wählen Sie einen anderen Namen: { $path }
notice-choose-name = Namen wählen
notice-recording-first = Es wird eine Vorlesung aufgenommen; öffnen Sie dies, wenn ihre Untertitel gespeichert sind: { $path }
notice-second-opinion = { $count ->
    [one] Die zweite Meinung ist da: 1 unsicheres Wort
   *[other] Die zweite Meinung ist da: { $count } unsichere Wörter
}
notice-no-second-opinion = Zu diesen Untertiteln gibt es keine zweite Meinung: { $error }
notice-listening-again = Wird neu erkannt…
notice-repaired = { $count ->
    [one] 1 Untertitel repariert
   *[other] { $count } Untertitel repariert
}
notice-repaired-left = { $left ->
    [one] { $repaired }; 1 Problem bleibt
   *[other] { $repaired }; { $left } Probleme bleiben
}
notice-replaced = { $count ->
    [one] 1 Stelle ersetzt
   *[other] { $count } Stellen ersetzt
}
notice-copied = { $count ->
    [one] Untertitel kopiert
   *[other] { $count } Untertitel kopiert
}
notice-no-cues-in-clipboard = Die Zwischenablage enthält keine Untertitel mit Zeiten

## Notices: recording

lecture-queue-paused = Die Warteschlange ist angehalten, damit die Live-Untertitel Schritt halten. Starten Sie sie danach wieder.
lecture-port-taken = Port { $port } ist belegt, daher hat die Seite für Browser eine andere Adresse.
lecture-saved = Die Vorlesung ist gespeichert: { $path }
lecture-saved-title = Die Vorlesung ist mit Untertiteln gespeichert
lecture-microphone-lost = { $reason } Die Aufnahme läuft mit Stille weiter und nutzt das Mikrofon, sobald es wieder da ist.
lecture-microphone-back = Das Mikrofon ist wieder da. Von { $from } bis { $to } fehlt der Ton.
lecture-sound-dropped = Der Computer war überlastet: Bei { $at } fehlen { $seconds } s Ton.
lecture-full-quality-stopped = { $reason } Die Aufnahme läuft ohne den Ton in voller Qualität weiter.
lecture-disk-low = { $minutes ->
    [one] Die Festplatte ist in etwa 1 Minute voll. Schaffen Sie jetzt Platz.
   *[other] Die Festplatte ist in etwa { $minutes } Minuten voll. Schaffen Sie jetzt Platz.
}
lecture-recognizer-failed = { $reason } Die Erkennung wurde neu gestartet; kein Ton geht verloren.
lecture-not-recognized = Von { $from } bis { $to } wurden keine Wörter erkannt; der Ton bleibt erhalten.
lecture-clipping = Der Ton ist zu laut und übersteuert. Stellen Sie das Mikrofon leiser.
lecture-silent = Seit zehn Sekunden ist nichts zu hören. Ist das Mikrofon stumm geschaltet, oder ist es das falsche?
lecture-sound-ended = Der Ton endet bei { $at }.
lecture-disk-full = Die Festplatte ist voll: Die Aufnahme wurde bei { $at } beendet. Alles bleibt erhalten.
lecture-unwritable = Die Aufnahme wurde bei { $at } beendet. { $cause } Was aufgenommen wurde, bleibt erhalten.

## Die Seite der Modelle

command-app-models = Modelle…
dialog-model = Sprachmodell importieren
models-title = Sprachmodelle
models-measuring = Es wird gemessen, wie schnell dieser Computer ist…
models-not-measured = Die Geschwindigkeit dieses Computers lässt sich nicht messen: Es ist kein Modell dafür da.
models-advice = Am genauesten auf diesem Computer: { $recordings } für Aufnahmen, { $live } für Live-Untertitel.
models-advice-one = Am genauesten auf diesem Computer ist { $model }, für Aufnahmen und für Live-Untertitel.
models-advice-recordings = Am genauesten für Aufnahmen ist auf diesem Computer { $model }. Live kommt keines mit.
models-advice-none = Dieser Computer ist für jedes Modell langsam: Eine Stunde Vorlesung dauert länger als eine halbe Stunde.
models-import = Datei importieren…
models-import-hint = Eine Modelldatei, zum Beispiel auf einem USB-Stick: eine ggml-Datei oder model.safetensors mit config.json und tokenizer.json daneben
models-network = Netz
models-network-off = Netz: wird nie benutzt
models-network-text = Lectern benutzt das Netz nur, wenn Sie auf „Herunterladen“ drücken, und spricht nur mit der Adresse neben diesem Knopf und dem Computer, an den sie verweist. Es sendet nichts als den Namen der Datei.
models-started-offline = Lectern wurde so gestartet, dass es das Netz nicht benutzt.
models-never = Netz nie benutzen
models-mirror = Spiegelserver
models-proxy = Proxy
models-mirror-example = https://models.example.org/whisper
models-proxy-example = http://proxy.example.org:3128
size-mb = { $number } MB
size-gb = { $number } GB
models-looking = Modelle werden gesucht…
models-here = Auf diesem Computer
models-others = Zum Herunterladen
models-purpose-own = Eigene Datei
models-purpose-tiny = Das schnellste, mit den meisten Fehlern: zum Zurechtfinden in einer Aufnahme
models-purpose-base = Schnell, für deutliche Sprache
models-purpose-small = Merklich weniger Fehler, für die meisten Vorlesungen
models-purpose-medium = Wenige Fehler, aber langsam
models-purpose-large = Die wenigsten Fehler, für einen schnellen Computer oder über Nacht
models-purpose-distil = Nur für Englisch: fast so wenige Fehler wie das Modell, aus dem es gemacht ist, in kürzerer Zeit
models-purpose-turbo = Fast so wenige Fehler wie die großen, in kürzerer Zeit
models-english = nur Englisch
models-multilingual = 99 Sprachen
models-memory = { $size } Speicher
models-errors = etwa { $percent } % Fehler
models-errors-hint = Fehler sind falsche Wörter von hundert, wie veröffentlicht: im Mittel über sieben Sammlungen langer englischer Aufnahmen, von Vorträgen bis zu Telefonkonferenzen. Bei einer deutlichen Vorlesung ist es etwa ein Drittel davon.
models-hour = eine Stunde dauert { $minutes } min
models-hour-seconds = eine Stunde dauert { $seconds } s
models-hour-hours = eine Stunde dauert { $hours } h
models-too-large = zu groß für den Speicher
models-live = kommt live mit
models-in-use = In Gebrauch
models-use = Benutzen
models-use-of = { $name } benutzen
models-remove = Löschen…
models-remove-of = { $name } löschen…
models-download = Herunterladen
models-download-of = { $name } herunterladen
models-from = von { $host }
models-offline = Das Netz wird nicht benutzt; Datei importieren
models-pause = Anhalten
models-pause-of = Herunterladen von { $name } anhalten
models-resume = Fortsetzen
models-resume-of = Herunterladen von { $name } fortsetzen
models-cancel = Abbrechen
models-cancel-of = Herunterladen von { $name } abbrechen
models-again-of = { $name } noch einmal herunterladen
models-paused = { $size } heruntergeladen
models-progress = Herunterladen von { $name }
models-connecting = Verbindung wird hergestellt
models-speed = { $size }/s
models-downloaded = { $name } ist jetzt auf diesem Computer.
models-imported = { $name } ist jetzt auf diesem Computer.
models-removed = { $name } wurde gelöscht; { $size } sind wieder frei.
models-no-folder = Dieses System nennt keinen eigenen Ordner für Modelle. Setzen Sie HOME.
error-source-no-file = Nur von einem Spiegelserver oder als Datei.
error-source-mirror = { $address } ist keine Webadresse. Berichtigen Sie den Spiegelserver.
error-source-proxy = { $address } ist kein Proxy. Berichtigen Sie ihn.
error-download-busy = Ein anderes Programm lädt es gerade herunter.
error-download-disk = { $needed } werden gebraucht, und nur { $free } sind frei. Schaffen Sie Platz.
error-download-network = { $host } ist nicht erreichbar ({ $cause }). Prüfen Sie Netz, Proxy und Spiegelserver.
error-download-refused = { $host } gibt es nicht heraus (Status { $status }). Prüfen Sie den Spiegelserver.
error-download-wrong = { $host } gibt eine andere Datei; nichts wurde behalten. Nehmen Sie einen anderen Spiegelserver.
error-network-host = kein Server dieses Namens wurde gefunden
error-network-encryption = die Verbindung lässt sich nicht verschlüsseln
error-network-redirects = er verweist zu oft auf andere Server, oder auf einen ohne Verschlüsselung
error-network-status = er ist ausgelastet, Status { $status }
error-network-other-part = er hat einen anderen Teil der Datei geschickt
error-import-flawed = { $path } lässt sich nicht als Modell verwenden: { $flaw }. Lectern liest ggml-Dateien, wie whisper.cpp sie benutzt.
error-import-published = { $path } lässt sich nicht umwandeln. Lectern wandelt vollständige Whisper-Modelle um, wie sie veröffentlicht werden: model.safetensors mit config.json und tokenizer.json daneben.
error-import-missing = In { $path } ist kein vollständiges Modell; es fehlt: { $missing }. Wählen Sie eine ggml-Datei aus oder eine model.safetensors, neben der config.json und tokenizer.json liegen.
error-import-kind = { $path } ist ein Modell, aber keines zur Spracherkennung. Wählen Sie eine andere Datei aus.
error-import-exists = Es gibt bereits ein anderes Modell mit dem Namen { $path }. Löschen Sie es zuerst, oder benennen Sie Ihre Datei um.
error-remove-not-yours = { $path } wurde nicht gelöscht, denn die Datei liegt nicht in Ihrem eigenen Ordner für Modelle.
error-remove = { $path } wurde nicht gelöscht ({ $cause }). Prüfen Sie die Berechtigungen.
models-better = Es geht genauer: { $model } macht etwa { $fewer } % weniger Fehler. Auf diesem Computer: { $hour }; zum Herunterladen sind es { $size }.
models-show = Modelle zeigen
remove-model-title = Modell löschen?
remove-model-text = { $name } wird von diesem Computer gelöscht. Es lässt sich wieder herunterladen oder importieren.
remove-model-keep = Behalten
remove-model-go-on = Löschen

## Errors

# Causes that the system gives, in the brackets of a sentence.
error-cause-not-found = nicht gefunden
error-cause-permission = keine Berechtigung
error-cause-exists = gibt es schon
error-cause-disk-full = die Festplatte ist voll
error-cause-quota = Ihr Anteil am Speicherplatz ist aufgebraucht
error-cause-too-large = die Datei ist zu groß für diese Festplatte
error-cause-busy = ein anderes Programm benutzt es
error-cause-folder = das ist ein Ordner
error-cause-no-folder = ein Teil des Pfads ist kein Ordner
error-cause-not-empty = der Ordner ist nicht leer
error-cause-name = diese Festplatte erlaubt einen solchen Namen nicht
error-cause-cut-short = die Datei endet zu früh
error-cause-read-only = die Festplatte ist schreibgeschützt
error-cause-memory = der Arbeitsspeicher reicht nicht
error-cause-resources = das System hat keine Mittel mehr dafür frei
error-cause-unsupported = dieses System unterstützt das nicht
error-cause-timeout = keine Antwort innerhalb der Zeit
error-cause-address-in-use = ein anderes Programm benutzt die Adresse
error-cause-no-address = dieser Computer hat die Adresse nicht
error-cause-refused = die Verbindung wurde abgelehnt
error-cause-connection-lost = die Verbindung ist abgerissen
error-cause-no-network = es besteht keine Verbindung zum Netz
error-cause-network-folder = der Netzwerkordner wurde getrennt
error-cause-device-busy = ein anderes Programm benutzt das Gerät
error-cause-device-gone = das Gerät ist nicht mehr da
error-cause-device-changed = das Gerät hat sich geändert
error-cause-no-sound-system = das Tonsystem läuft nicht
error-cause-sound-format = das Gerät unterstützt dieses Format nicht
error-cancelled = Angehalten.
error-thread = Das System startet keine weiteren Threads ({ $cause }). Schließen Sie andere Programme und versuchen Sie es erneut.
error-file = { $path } lässt sich nicht lesen oder schreiben ({ $cause }). Prüfen Sie den Ordner, seine Berechtigungen und den freien Platz.

# Recordings
error-audio-not-found = { $path } wurde nicht gefunden. Wurde die Datei verschoben oder umbenannt?
error-audio-permission = { $path } darf nicht gelesen werden. Ändern Sie die Berechtigungen, oder kopieren Sie die Datei in einen eigenen Ordner.
error-audio-not-a-file = { $path } ist ein Ordner oder ein Gerät. Wählen Sie eine Ton- oder Videodatei aus.
error-audio-empty = { $path } ist leer (0 Bytes). Kopieren Sie die Datei noch einmal, oder laden Sie sie erneut herunter.
error-audio-no-samples = { $path } enthält keinen Ton: Die Länge ist null. Nehmen Sie sie erneut auf, oder exportieren Sie sie noch einmal.
error-picture-not-installed = Installieren Sie ffmpeg (https://ffmpeg.org), um hier das Bild des Videos zu sehen, und starten Sie die Wiedergabe neu.
error-picture-no-thread = Das Bild lässt sich nicht zeigen ({ $message }). Schließen Sie andere Programme, und öffnen Sie die Aufnahme erneut.
error-picture-said = Das Bild lässt sich nicht zeigen. Meldung von ffmpeg: { $message }.
error-picture-garbage = Das Bild lässt sich nicht zeigen: Was das installierte ffmpeg schreibt, ist kein Bild. Installieren Sie es neu von https://ffmpeg.org.
error-picture-silent = Das Bild lässt sich nicht zeigen: Das Programm ffmpeg hat { $seconds } Sekunden lang nichts geschrieben. Spielen Sie weiter, um es noch einmal zu versuchen.
error-audio-unknown = { $path } ist keine Ton- oder Videodatei, die Lectern kennt. Installieren Sie ffmpeg (https://ffmpeg.org) und versuchen Sie es erneut, oder wandeln Sie die Datei in WAV oder FLAC um.
error-audio-unknown-to-ffmpeg = { $path } ist keine Ton- oder Videodatei, die Lectern oder ffmpeg kennt. Wandeln Sie sie in WAV oder FLAC um.
error-audio-no-track = Das Video { $path } hat keinen Ton. Wählen Sie eine Datei mit Ton aus.
error-audio-codec = Der Ton von { $path } ist { $codec }, was Lectern allein nicht liest. Installieren Sie ffmpeg (https://ffmpeg.org) und versuchen Sie es erneut, oder wandeln Sie die Datei in WAV oder FLAC um.
error-audio-damaged = { $path } ist beschädigt ({ $cause }). Kopieren oder exportieren Sie die Datei erneut.
error-audio-ffmpeg = Der Ton von { $path } ließ sich auch mit ffmpeg nicht lesen ({ $message }). Wandeln Sie die Datei in WAV oder FLAC um.
error-audio-io = { $path } lässt sich nicht lesen oder schreiben ({ $cause }). Prüfen Sie die Festplatte oder den Netzwerkordner und versuchen Sie es erneut.
error-recording-unreadable = Die Aufnahme { $path } lässt sich nicht lesen ({ $cause }). Prüfen Sie die Berechtigungen und die Festplatte, und ordnen Sie die Aufnahme dann neu zu.

# What is wrong inside a file, in the brackets of a sentence.
error-damage-header = sie endet mitten im Kopf
error-damage-no-index = ihr Verzeichnis fehlt, wie bei einer abgebrochenen Aufnahme
error-damage-no-rate = sie nennt keine Abtastrate
error-damage-rate = sie nennt { $rate } Abtastwerte pro Sekunde
error-damage-channels = sie nennt { $channels } Kanäle
error-damage-no-packet = nichts darin lässt sich dekodieren
error-damage-no-next-part = ihr nächster Teil hat keinen Ton, der sich dekodieren lässt
error-damage-appended = sie enthält danach eine weitere Aufnahme, die nur ffmpeg lesen kann
error-damage-cue-number = der Untertitel bei { $at } hat keine eigene Nummer
error-damage-json = Zeile { $line } passt nicht

# What was wrong with a recording that could be read nevertheless
error-sound-packets = { $count ->
    [one] Ein beschädigtes Stück der Aufnahme blieb still, bei { $first }. Prüfen Sie dort die Untertitel.
   *[other] { $count } beschädigte Stücke der Aufnahme blieben still, das erste bei { $first }. Prüfen Sie dort die Untertitel.
}
error-sound-gaps = In der Aufnahme fehlt Ton von { $total }, der erste bei { $first }. Dort blieb es still.
error-sound-stopped = Die Aufnahme ließ sich nur bis { $at } lesen ({ $cause }). Der Rest hat keine Untertitel.
error-sound-short = Die Aufnahme gibt eine Länge von { $stated } an, aber ihr Ton endet bei { $read }. Vielleicht ist sie abgeschnitten.
error-sound-format = Die Abtastrate oder die Zahl der Kanäle der Aufnahme ändert sich bei { $at }. Der Rest hat keine Untertitel.
error-sound-leap = Die Zeitstempel der Aufnahme springen um Stunden, daher können Zeiten falsch sein. Prüfen Sie einige davon.
error-sound-cuts = Die Aufnahme enthält Teile, die Abspielprogramme überspringen. Hier sind sie zu hören, daher können Zeiten falsch sein. Exportieren Sie die Aufnahme erneut.
error-sound-continued = Die Aufnahme ist bei { $at } beschädigt. ffmpeg hat von dort an weitergelesen.
error-sound-faint = Die Aufnahme ist sehr leise, { $decibels } dB unter Vollaussteuerung, und wurde verstärkt. Prüfen Sie die Untertitel, und nehmen Sie näher oder lauter auf.

# Microphones and loudspeakers
error-microphone-list = Die Mikrofone lassen sich nicht auflisten ({ $cause }). Prüfen Sie, ob das Tonsystem läuft.
error-microphone-none = Es gibt kein Mikrofon. Schließen Sie eines an.
error-microphone-missing = Das Mikrofon { $name } ist nicht angeschlossen. Schließen Sie es an, oder wählen Sie ein anderes aus.
error-microphone-permission = { $device } darf nicht benutzt werden. Erlauben Sie Lectern in den Datenschutzeinstellungen des Systems den Zugriff auf Mikrofone.
error-microphone-busy = { $device } wird von einem anderen Programm benutzt. Schließen Sie dieses Programm und versuchen Sie es erneut.
error-microphone-channel = { $device } hat keinen Kanal { $channel }, sondern nur { $channels }. Wählen Sie einen anderen Kanal aus.
error-microphone-lost = { $device } ist nicht mehr da. Schließen Sie das Gerät wieder an.
error-microphone-failed = { $device } liefert keinen Ton ({ $cause }). Wählen Sie ein anderes Mikrofon aus, oder starten Sie das Tonsystem neu.
error-playback-no-device = Es gibt keinen Lautsprecher oder Kopfhörer zum Abspielen. Schließen Sie einen an und spielen Sie erneut ab.
error-playback-device = Der Ton lässt sich nicht abspielen ({ $cause }). Prüfen Sie die Toneinstellungen des Systems und spielen Sie erneut ab.
error-playback-format = Der Ton lässt sich nicht abspielen: Das Gerät nimmt Abtastwerte nur als { $format }. Wählen Sie in den Toneinstellungen des Systems ein anderes aus.
error-playback-read = Der gelesene Ton der Aufnahme lässt sich nicht lesen ({ $cause }). Ordnen Sie die Aufnahme neu zu.

# Models
error-model-not-installed = Das Modell { $name } ist nicht auf diesem Computer. Wählen Sie ein anderes aus, oder legen Sie die Datei { $file } in den Ordner der Modelle.
error-model-unknown = Kein Modell heißt { $name }. Wählen Sie in den Einstellungen ein anderes aus.
error-model-missing = Das Modell { $path } wurde nicht gefunden. Wählen Sie in den Einstellungen ein anderes aus.
error-model-not-a-file = { $path } ist keine Datei. Wählen Sie in den Einstellungen ein anderes Modell aus.
error-model-unreadable = Das Modell { $path } lässt sich nicht lesen ({ $cause }). Prüfen Sie die Berechtigungen und die Festplatte.
error-model-size = Das Modell { $path } hat { $bytes } statt { $expected } Bytes. { $remedy }
error-model-flawed = Das Modell { $path } lässt sich nicht verwenden: { $flaw }. { $remedy }
error-model-checksum = Das Modell { $path } ist beschädigt: Die Prüfsumme stimmt nicht. { $remedy }
error-model-no-speech = { $path } findet Sprache, erkennt aber keine Wörter. Wählen Sie in den Einstellungen ein Sprachmodell aus.
error-model-no-vad = { $path } ist ein Sprachmodell; erwartet wird das Modell, das Sprache im Ton findet. Installieren Sie Lectern neu.
error-flaw-empty = die Datei ist leer
error-flaw-no-model = die Datei ist kein Modell, sondern { $found }
error-flaw-cut-short = die Datei ist abgeschnitten
error-flaw-damaged = die Datei ist beschädigt
error-flaw-unlisted = es ist nicht die Datei, die Lectern braucht
error-foreign-gguf = eine GGUF-Datei, die Lectern nicht liest
error-foreign-zip = ein ZIP-Archiv oder ein PyTorch-Checkpoint
error-foreign-lfs = ein Git-LFS-Zeiger ohne seine Datei
error-foreign-web-page = eine Webseite
error-foreign-safetensors = eine Safetensors-Datei
error-foreign-unknown = etwas anderes
error-remedy-copy = Holen Sie die Datei noch einmal von dort, woher sie kam.
error-remedy-shipped = Das Modell gehört zu Lectern: Installieren Sie Lectern neu.
error-remedy-download = Laden Sie es von { $source } erneut in den Ordner der Modelle herunter.
error-remedy-convert = Wandeln Sie es erneut um, wie models/README.md es beschreibt.
error-model-no-speakers = { $path } ist ein Modell anderer Art; erwartet wird das Modell, das Sprecher unterscheidet. Installieren Sie Lectern neu.
error-no-speakers = Die Untertitel nennen keine Sprecher. { $reason }
error-speakers-networks = Das Modell, das Sprecher unterscheidet, lässt sich nicht verwenden. Installieren Sie Lectern neu.
error-voices-io = Die gemerkten Stimmen in { $path } lassen sich nicht lesen oder schreiben ({ $cause }). Prüfen Sie die Berechtigungen und den freien Platz.
error-voices-damaged = { $path } enthält keine gemerkten Stimmen (Zeile { $line }). Verschieben Sie die Datei in einen anderen Ordner.
error-voices-too-new = { $path } ist von einer späteren Version von Lectern. Aktualisieren Sie Lectern.
error-voices-no-folder = Dieses System nennt keinen Ordner für Ihre Daten; Stimmen lassen sich nicht merken.
error-naming-no-voices = Die Stimmen dieser Aufnahme sind noch nicht bekannt. Finden Sie zuerst die Sprechenden.
error-naming-nobody = In dieser Aufnahme ist keine Sprache zu hören.
error-naming-one-voice = Alles, was { $name } sagt, klingt nach einer einzigen Person.
error-speakers-damaged = Die gespeicherten Stimmen lassen sich nicht lesen. Vergessen Sie die Stimmen, und finden Sie die Sprechenden neu.
error-speakers-stopped = Ein Fehler in Lectern hat die Suche nach Sprechern beendet. Bitte melden Sie ihn.
error-catalog-unreadable = Der Katalog der Modelle { $path } lässt sich nicht lesen ({ $cause }), daher gilt der eingebaute. Prüfen Sie den Pfad und die Berechtigungen.
error-catalog-malformed = { $path } ist kein Katalog von Modellen (Zeile { $line } passt nicht), daher gilt der eingebaute. Berichtigen Sie die Datei.
error-catalog-flawed = Das Modell { $name } im Katalog { $path } ist nicht richtig beschrieben ({ $cause }), daher gilt der eingebaute. Berichtigen Sie die Datei.
error-entry-repeated = den Namen gibt es zweimal
error-entry-name = der Name enthält andere Zeichen als Buchstaben, Ziffern, . - und _
error-entry-file = die Datei heißt nicht ggml-NAME.bin
error-entry-size = genau eines von bytes und about_mib muss angegeben sein
error-entry-shape = ein Sprachmodell braucht shape, andere Modelle haben keines
error-entry-checksum = die Prüfsumme ist nicht hexadezimal in Kleinbuchstaben und von richtiger Länge
error-entry-source = die Quelle ist keine Webadresse
error-vad-no-model = Die Datei, die Sprache findet, ist kein Modell. Installieren Sie Lectern neu.
error-vad-cut-short = Das Modell, das Sprache findet, ist abgeschnitten. Installieren Sie Lectern neu.
error-vad-unsupported = Das Modell, das Sprache findet, lässt sich nicht verwenden. Installieren Sie Lectern neu.

# Recognizing
error-recognizer-language = Das Modell kennt die Sprache { $code } nicht. Wählen Sie in den Einstellungen eine andere Sprache oder ein mehrsprachiges Modell aus.
error-recognizer-missing = Dieses Lectern enthält kein whisper.cpp. Stellen Sie engine in der Datei der Einstellungen auf cpu.
error-recognizer-processor = Diesem Prozessor fehlt { $lacks }, wofür whisper.cpp gebaut ist. Stellen Sie engine in der Datei der Einstellungen auf cpu.
error-recognizer-load = Das Modell ließ sich nicht laden. Wählen Sie in den Einstellungen ein anderes aus.
error-recognizer-instructions = Die Variable { $variable } steht auf „{ $name }“, was dieser Prozessor nicht hat. Entfernen Sie die Variable und starten Sie Lectern neu.
error-recognizer-stopped = Ein Fehler in Lectern hat die Erkennung beendet. Bitte melden Sie ihn.
error-recognizer-failed = Die Erkennung ist fehlgeschlagen. Versuchen Sie es erneut; wenn sie wieder fehlschlägt, wählen Sie in den Einstellungen ein anderes Modell aus.
error-recognizer-crashed = In Lectern ist ein Fehler aufgetreten. Alles Erkannte bleibt erhalten.
error-again-not-ready = Der Ton dieser Stelle ist noch nicht gelesen. Versuchen Sie es gleich noch einmal.
error-again-io = Der Ton dieser Stelle lässt sich nicht für die Erkennung speichern ({ $cause }). Schaffen Sie Platz auf der Festplatte.
error-again-no-speech = Dort wurde keine Sprache erkannt. Die Untertitel sind unverändert.
error-processor-no-avx2 = Diesem Prozessor fehlt AVX2, das die meisten seit 2013 haben. Die Erkennung dauert zehnmal so lange wie damit, und Live-Untertitel bleiben zurück.
error-processor-unknown = Für diese Art von Prozessor gibt es noch keine schnellen Befehle. Die Erkennung dauert lange, und Live-Untertitel bleiben vielleicht zurück.

# Projects and settings
error-project-not-found = Das Projekt { $path } wurde nicht gefunden. Wurde es verschoben oder umbenannt?
error-project-no-project = { $path } ist kein Lectern-Projekt ({ $found }). Öffnen Sie die Datei als Aufnahme oder als Untertitel.
error-content-other-form = sie hat eine andere Form
error-project-too-new = Das Projekt { $path } hat Version { $found }, und dieses Lectern liest Versionen bis { $known }. Aktualisieren Sie Lectern.
error-project-damaged = Das Projekt { $path } ist beschädigt ({ $cause }), und es gibt keine frühere Fassung. Suchen Sie nach einer Kopie der Datei.
error-project-backup = Das Projekt { $path } ist beschädigt ({ $cause }). Öffnen Sie die frühere Fassung: { $backup }.
error-project-in-use = { $path } ist in einem anderen Fenster geöffnet. Schließen Sie es dort und versuchen Sie es erneut.
error-project-busy = Die Festplatte schreibt noch frühere Änderungen von { $path }. Speichern Sie gleich noch einmal.
error-settings-file = Die Einstellungen { $path } lassen sich nicht speichern ({ $cause }). Prüfen Sie den Ordner, seine Berechtigungen und den freien Platz.
error-settings-unwritable = Die Einstellungen lassen sich nicht speichern. Machen Sie die letzte Änderung rückgängig.
error-settings-damaged = Die Einstellungen { $path } ließen sich nicht lesen (Zeile { $line } passt nicht), daher gelten die Vorgaben. Die nächste Änderung ersetzt die Datei.
error-settings-damaged-kept = Die Einstellungen { $path } ließen sich nicht lesen (Zeile { $line } passt nicht), daher gelten die Vorgaben. Die alte Datei bleibt als { $kept } erhalten.
error-settings-values = Falsche Werte in den Einstellungen { $path } wurden durch die Vorgaben ersetzt: { $wrong }. Die nächste Änderung ersetzt die Datei.
error-settings-values-kept = Falsche Werte in den Einstellungen { $path } wurden durch die Vorgaben ersetzt: { $wrong }. Die alte Datei bleibt als { $kept } erhalten.
error-settings-unreadable = Die Einstellungen { $path } lassen sich nicht lesen ({ $cause }), daher gelten die Vorgaben. Prüfen Sie die Berechtigungen der Datei.

# Files of captions
error-open-not-found = Datei nicht gefunden: { $path }. Wurde sie verschoben oder umbenannt?
error-open-folder = { $path } ist ein Ordner. Wählen Sie eine Datei darin aus.
error-open-damaged = { $path } lässt sich nicht als { $format } lesen ({ $found }). Holen Sie die Datei noch einmal, oder öffnen Sie sie in dem Programm, das sie erstellt hat.
error-content-no-object = sie ist kein JSON-Objekt
error-content-json = ihr JSON passt nicht
error-content-json-line = Zeile { $line } ihres JSON passt nicht
error-content-no-part = sie ist JSON ohne „{ $part }“
error-content-other-name = ihr Format ist „{ $name }“
error-content-no-signature = ihre erste Zeile beginnt nicht mit { $signature }
error-content-no-script = sie ist Text ohne Dialog
error-content-no-times = sie hat keine Zeile mit Zeiten wie { $example }
error-content-no-columns = ihre erste Zeile nennt keine Spalten für Beginn und Text und beginnt nicht mit einer Zeit
error-content-no-element = sie hat kein Element „{ $element }“
error-open-too-new = { $path } ist { $format } in Version { $found }, und dieses Lectern liest Versionen bis { $known }. Aktualisieren Sie Lectern.
error-open-empty = In { $path } sind keine Untertitel. Wählen Sie eine andere Datei aus.
error-export-format = Diese Untertitel lassen sich nicht in diesem Format schreiben ({ $cause }). Wählen Sie ein anderes Format aus.
error-export-exists = { $path } gibt es bereits. Lassen Sie die Datei ersetzen, oder wählen Sie einen anderen Namen.
error-export-not-a-file = { $path } ist ein Ordner, ein Gerät oder eine kaputte Verknüpfung und wurde nicht ersetzt. Wählen Sie einen anderen Namen.
error-export-unwritable = { $path } wurde nicht geschrieben: Diese Untertitel passen nicht in das Format ({ $cause }). Wählen Sie ein anderes Format aus.
error-write-untimed = sie haben keine Zeiten, die { $format } braucht
error-write-too-late = { $format } hat keine Zeiten ab { $hours } Stunden, und der Untertitel bei { $at } endet dort
error-write-refused = { $format } kann sie nicht aufnehmen
error-export-mismatch = Nach { $path } wurde nichts geschrieben: { $cause }. Das ist ein Fehler in Lectern; bitte melden Sie ihn.
error-export-not-in-place = Diese Änderungen lassen sich nicht in { $path } schreiben. Speichern Sie ein Projekt, oder exportieren Sie sie.
error-export-changed = Ein anderes Programm hat { $path } seit dem Öffnen geändert oder entfernt. Speichern Sie ein Projekt, oder exportieren Sie unter einem anderen Namen.
error-mismatch-not-in-place = die Datei lässt sich nicht an Ort und Stelle ändern
error-mismatch-unreadable = die geschriebene Datei lässt sich nicht wieder lesen ({ $cause })
error-mismatch-version = sie wurde in Version { $version } ihres Formats geschrieben
error-mismatch-count = von { $written } Untertiteln ließen sich { $read } wieder lesen
error-mismatch-cue = Untertitel { $cue } wurde als „{ $read }“ statt „{ $written }“ gelesen
error-mismatch-whole = „{ $read }“ wurde statt „{ $written }“ gelesen

# Recording lectures
error-lecture-interrupted = Die Aufnahme wurde verlassen, bevor ihre Untertitel vollständig waren. Alles Aufgenommene bleibt erhalten.
error-lecture-folder = In { $folder } lässt sich nichts speichern ({ $cause }). Wählen Sie einen anderen Ordner aus.
error-lecture-disk = Die Festplatte von { $folder } ist voll: Nur { $free } MB sind frei. Schaffen Sie Platz, oder wählen Sie einen anderen Ordner aus.
error-lecture-crashed = In Lectern ist ein Fehler aufgetreten. Alles Aufgenommene bleibt erhalten.
error-journal-in-use = Ein anderes Programm nimmt diese Vorlesung auf oder vervollständigt ihre Untertitel: { $path }. Beenden Sie es zuerst.
error-journal-damaged = { $path } gehört zu keiner Aufnahme oder ist beschädigt. Öffnen Sie die Tondatei daneben, um sie zu untertiteln.
error-page-address = Die Seite für Browser kann die Adresse { $address } nicht benutzen ({ $cause }). Schließen Sie andere Programme und versuchen Sie es erneut.
error-page-system = Die Seite für Browser lässt sich nicht zeigen ({ $cause }). Schließen Sie andere Programme und versuchen Sie es erneut.
error-page-network = Dieser Computer ist mit keinem Netzwerk verbunden. Verbinden Sie ihn, oder lassen Sie nur auf diesem Computer mitlesen.

# Changes of the captions
error-op-no-cue = Den Untertitel gibt es nicht mehr. Wählen Sie einen anderen aus.
error-op-nothing-selected = Kein Untertitel ist ausgewählt. Wählen Sie zuerst einen aus.
error-op-nothing-to-split = An dieser Stelle gibt es nichts zu teilen. Setzen Sie die Schreibmarke zwischen zwei Wörter.
error-op-too-short = Der Untertitel ist zu kurz zum Teilen. Geben Sie ihm zuerst mehr Zeit.
error-op-no-next = Das ist der letzte Untertitel. Es gibt keinen, mit dem er sich verbinden lässt.
error-op-one-cue = Ein einzelner Untertitel lässt sich nicht verbinden. Wählen Sie mindestens zwei aus.
error-op-no-room = Die Untertitel neben dieser Stelle lassen keine Zeit. Kürzen Sie zuerst einen davon.
error-op-shift = Andere Untertitel oder der Beginn der Aufnahme sind im Weg. Verschieben Sie in dieser Richtung um höchstens { $most } s.
error-op-no-words = Die Zeiten der Wörter dieses Untertitels sind nicht bekannt. Stellen Sie seine Zeiten von Hand ein.
error-op-no-passage = Diese Passage wurde bereits eingefügt oder verworfen.
error-edit = Der Schritt passt nicht zu diesen Untertiteln, und nichts wurde geändert ({ $cause }). Das ist ein Fehler in Lectern; bitte melden Sie ihn.
error-edit-no-cue = ein Untertitel fehlt
error-edit-cue-exists = einen Untertitel gibt es zweimal
error-edit-no-segment = ein Abschnitt fehlt
error-repair-nothing-wrong = Dieser Untertitel verletzt keine Regel.
error-repair-no-better = Dieser Untertitel lässt sich nicht automatisch reparieren. Kürzen Sie den Text, oder geben Sie ihm mehr Zeit.
error-search-empty = Es gibt nichts zu suchen. Geben Sie ein Wort ein.
error-search-invalid = Der reguläre Ausdruck lässt sich nicht lesen ({ $cause }). Berichtigen Sie ihn, oder schalten Sie „{ $option }“ aus.

# Queue
error-queue-store = { $path } lässt sich nicht lesen oder schreiben ({ $cause }); dort merkt sich die Warteschlange, was sie getan hat. Prüfen Sie die Berechtigungen und den freien Platz.
error-queue-process = Lectern kann keinen Prozess für die Warteschlange starten ({ $cause }). Schließen Sie andere Programme, und starten Sie die Warteschlange erneut.
error-queue-model = Das Modell { $path } lässt sich nicht verwenden: Es ist beschädigt oder von anderer Art. Wählen Sie in den Einstellungen ein anderes.
error-queue-detector = Das Modell, das Sprache findet, lässt sich nicht verwenden. Installieren Sie Lectern neu.
error-queue-program = Lectern findet das eigene Programm nicht ({ $cause }). Schließen Sie es und starten Sie es erneut.

## Namen und Fachbegriffe

command-material = Namen und Fachbegriffe aus Kursmaterial…
command-heard = Gehörte Namen und Fachbegriffe…
dialog-material = Kursmaterial
material-button = Aus Kursmaterial…
material-title = Namen und Fachbegriffe aus Kursmaterial
material-hint = Folien, Dokumente, Aufsätze oder Literaturlisten: Ihre Namen und Fachbegriffe helfen der Erkennung.
material-none = Darin sind keine Namen oder Fachbegriffe, die die Erkennung nicht kennt.
material-choose = Nehmen Sie den Haken weg, wo etwas nicht gesprochen wird. Seltene, die oft vorkommen, stehen vorn.
material-all = Alle
material-no = Keine
material-files = Dateien wählen…
material-take = { $count ->
    [one] { $count } Begriff übernehmen
   *[other] { $count } Begriffe übernehmen
}
material-added = { $count ->
    [one] { $count } neuer Begriff in den Namen und Fachbegriffen.
   *[other] { $count } neue Begriffe in den Namen und Fachbegriffen.
}
heard-title = Gehörte Namen und Fachbegriffe
heard-no-terms = Es gibt noch keine Liste von Namen und Fachbegriffen. Die Einstellungen haben eine, oder finden Sie sie in Kursmaterial.
heard-count = { $heard } von { $all } wurden gehört.
heard-hint = Wählen Sie eine Stelle, um dorthin zu gehen. Farbige klingen wie ein Begriff, der nicht erkannt wurde.
heard-not = nicht gehört
heard-perhaps = „{ $text }“ { $time }
heard-place = { $term } bei { $time }
error-material = { $path }: { $cause }
error-material-unreadable = Die Datei kann nicht gelesen werden ({ $cause }).
error-material-large = Sie ist größer als 64 MB. Teilen Sie sie, oder speichern Sie sie ohne Bilder.
error-material-harm = Entpackt ist sie größer als ein Dokument: Sie soll schaden oder ist beschädigt.
error-material-much = Sie hat mehr Text, Teile oder Seiten als ein Dokument. Teilen Sie sie.
error-material-password = Sie ist durch ein Passwort geschützt. Speichern Sie sie ohne.
error-material-damaged = Sie ist beschädigt. Öffnen Sie sie in ihrem Programm und speichern Sie sie neu.
error-material-unknown = Sie ist keine Datei von PowerPoint, Word, OpenDocument, PDF, BibTeX, Markdown oder Text.
error-material-no-text = Sie enthält keinen Text. Bilder von Text können nicht gelesen werden.
