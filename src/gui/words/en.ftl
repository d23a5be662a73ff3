# The words of the window in English. Keys name the meaning; other languages have the same keys and arguments.
# A cue is one caption with its times. "Captions" are all of them.

## Menus

menu-file = File
menu-edit = Edit
menu-cue = Cue
menu-go = Go
menu-play = Play
menu-record = Record
menu-view = View
menu-help = Help
# The letter that opens each menu with Alt. The name contains it in the same case.
menu-file-letter = F
menu-edit-letter = E
menu-cue-letter = C
menu-go-letter = G
menu-play-letter = P
menu-record-letter = R
menu-view-letter = V
menu-help-letter = H
menu-recording = Recording { $time }
menu-finishing = Recognizing the rest of the recording
menu-queue = Queue: { $done } of { $all }

## Commands, with the ids that settings use for them

command-file-open = Open…
command-file-open-recording = Connect a recording…
command-file-continue = Continue captioning
command-file-caption-again = Caption again with…
command-queue-page = Queue of recordings
command-queue-add = Add recordings to the queue…
command-queue-add-folder = Add a folder to the queue…
command-queue-run = Start or pause the queue
command-file-save = Save
command-file-save-as = Save as…
command-file-export = Export…
command-app-settings = Settings…
command-file-close = Close captions
command-app-quit = Quit
command-edit-undo = Undo
command-edit-redo = Redo
command-edit-cut = Cut cues
command-edit-copy = Copy cues
command-edit-paste = Paste cues
command-edit-find = Find
command-edit-replace = Replace
command-edit-find-next = Find next
command-edit-find-previous = Find previous
command-edit-select-all = Select all cues
command-edit-italic = Italic
command-edit-bold = Bold
command-edit-underline = Underline
command-edit-upper-case = UPPER CASE
command-edit-lower-case = lower case
command-edit-title-case = Title Case
command-edit-sentence-case = Sentence case
command-cue-edit-text = Edit text
command-cue-split = Split at the text cursor
command-cue-merge = Merge with the next
command-cue-insert = Insert after
command-cue-delete = Delete
command-cue-speaker = Set the speaker…
command-cue-find-speakers = Find speakers
command-cue-shift = Shift times…
command-cue-start-here = Begin at the playhead
command-cue-end-here = End at the playhead
command-cue-end-here-next = End at the playhead and go on to the next
command-cue-start-earlier = Begin earlier
command-cue-start-later = Begin later
command-cue-end-earlier = End earlier
command-cue-end-later = End later
command-cue-fit = Fit to the speech
command-cue-again = Recognize again
command-cue-take-alternative = Take what else was heard
command-cue-insert-left-out = Insert what was left out
command-cue-take-back-term = Take back the name or term
command-cue-repair = Repair this cue
command-cue-repair-all = Repair all cues
command-go-next = Next cue
command-go-previous = Previous cue
command-go-next-editing = Next cue and edit
command-go-previous-editing = Previous cue and edit
command-go-first = First cue
command-go-last = Last cue
command-go-next-doubtful = Next doubtful word
command-go-previous-doubtful = Previous doubtful word
command-go-next-problem = Next problem
command-go-previous-problem = Previous problem
command-go-next-unknown = Check the spelling
command-go-next-of-speaker = Next cue of this speaker
command-go-previous-of-speaker = Previous cue of this speaker
command-go-next-area = Next area of the window
command-go-previous-area = Previous area of the window
command-go-menus = Menus
command-go-cue-menu = Menu of the cue
command-play-toggle = Play or pause
command-play-cue = Play this cue
command-play-loop = Repeat this cue
command-play-from-word = Play from the text cursor
command-play-back = Back 2 seconds
command-play-forward = Forward 2 seconds
command-play-slower = Slower
command-play-faster = Faster
command-play-normal-speed = Normal speed
command-play-follow = Follow the sound
command-view-problems = Problems
command-view-speakers = Speakers
command-view-suggestions = Suggestions
command-view-filter = Filter and sort the cues
command-view-waveform = Waveform
command-view-spectrogram = Spectrogram
command-view-picture = Video picture
command-view-follow-newest = Follow the newest captions
command-view-zoom-in = Zoom in
command-view-zoom-out = Zoom out
command-view-larger = Larger text
command-view-smaller = Smaller text
command-view-normal = Normal text size
command-record-page = Record a lecture
command-record-start = Start recording
command-record-pause = Pause or resume recording
command-record-stop = Stop recording
command-record-audience = Captions for the audience
command-record-browser = Captions in a browser
command-view-leave = Back to the captions
command-app-guide = Guide
command-app-palette = Commands…
command-app-shortcuts = Keyboard shortcuts…
command-app-about = About Lectern

# Name of a command, and why it cannot be used.
command-refused = { $command }: { $reason }
command-tip = { $command } ({ $keys })
# Undo or redo, and the step that it concerns.
command-of-step = { $command }: { $step }

## Why a command cannot be used

obstacle-not-ready = Nothing can be recorded yet; the page says why
obstacle-no-record-page = Open the recording page first
obstacle-not-recording = Nothing is being recorded
obstacle-first-page = This is the first page
obstacle-no-captions = Open captions or a recording first
obstacle-not-captioning = Nothing is being captioned
obstacle-no-sound = The recording of these captions is not open
obstacle-no-picture = This recording has no picture
obstacle-no-doubtful = No word is marked as doubtful
obstacle-no-problem = The captions meet the rules
obstacle-captioning = You can edit once captioning has finished or been stopped
obstacle-read-only = These captions are open read-only
obstacle-no-cue = Select a cue first
obstacle-no-next = Select a cue that is not the last
obstacle-no-undo = There is nothing to undo
obstacle-no-redo = There is nothing to redo
obstacle-complete = The captions are complete, or their recording is not open
obstacle-no-alternative = The second opinion on this cue is not different
obstacle-no-left-out = The second opinion has no further passages
obstacle-no-term = No word of this cue is one of your names and terms
obstacle-no-repair = Nothing in this cue can be fixed automatically
obstacle-no-repairs = Nothing can be fixed automatically

## Steps that can be undone, after "Undo: "

step-edit-text = edit text
step-italic = { $count ->
    [one] italics in cue
   *[other] italics in { $count } cues
}
step-no-italic = { $count ->
    [one] no italics in cue
   *[other] no italics in { $count } cues
}
step-bold = { $count ->
    [one] bold in cue
   *[other] bold in { $count } cues
}
step-no-bold = { $count ->
    [one] no bold in cue
   *[other] no bold in { $count } cues
}
step-underline = { $count ->
    [one] underline in cue
   *[other] underline in { $count } cues
}
step-no-underline = { $count ->
    [one] no underline in cue
   *[other] no underline in { $count } cues
}
step-style = { $count ->
    [one] style of cue
   *[other] style of { $count } cues
}
step-change-case = { $count ->
    [one] change case of cue
   *[other] change case of { $count } cues
}
step-set-speaker = { $count ->
    [one] set speaker of cue
   *[other] set speaker of { $count } cues
}
step-rename-speaker = rename speaker { $name }
step-merge-speaker = join speaker { $name } with another
step-split-speaker = divide speaker { $name }
step-find-speakers = find speakers
step-forget-voices = forget the voices
step-split = split cue
step-merge = { $count ->
    [one] merge cue
   *[other] merge { $count } cues
}
step-insert = insert cue
step-delete = { $count ->
    [one] delete cue
   *[other] delete { $count } cues
}
step-cut = { $count ->
    [one] cut cue
   *[other] cut { $count } cues
}
step-paste = { $count ->
    [one] paste cue
   *[other] paste { $count } cues
}
step-complete = complete the captions
step-replace-cues = { $count ->
    [one] replace cue
   *[other] replace { $count } cues
}
step-recognize-again = { $count ->
    [one] recognize cue again
   *[other] recognize { $count } cues again
}
step-retime = retime cue
step-shift = { $count ->
    [one] shift cue
   *[other] shift { $count } cues
}
step-replace = replace
step-replace-all = replace all
step-insert-left-out = insert passage
step-dismiss-left-out = dismiss passage
step-take-back-term = take back a name or term
step-repair = { $count ->
    [one] repair 1 cue
   *[other] repair { $count } cues
}

## Keys

key-ctrl = Ctrl
key-shift = Shift
key-alt = Alt
key-down = Down
key-left = Left
key-right = Right
key-up = Up
key-enter = Enter
key-space = Space
key-delete = Delete
key-home = Home
key-end = End
key-escape = Escape
key-tab = Tab
key-backspace = Backspace
key-insert = Insert
key-page-up = PageUp
key-page-down = PageDown

## Counts and names that several places share

cue-count = { $count ->
    [one] 1 cue
   *[other] { $count } cues
}
problem-count = { $count ->
    [one] 1 problem
   *[other] { $count } problems
}
suggestion-count = { $count ->
    [one] 1 suggestion
   *[other] { $count } suggestions
}
doubtful-count = { $count ->
    [one] 1 doubtful word
   *[other] { $count } doubtful words
}
doubt-chance = Wrong with a chance of { $percent } %
doubt-alternative = Second opinion: “{ $text }” ({ $keys })
doubt-nothing-heard = Second opinion: no word here ({ $keys })
doubt-agreed = The second opinion is the same
doubt-others = Also possible: { $texts } ({ $keys })
alternative-of = Reading { $number } of { $count }; the same keys bring the next
alternative-first = The text as it was at first
listed-count = { $count ->
    [one] 1 of your names and terms
   *[other] { $count } of your names and terms
}
listed-word = One of your names and terms
listed-instead = Without your list: “{ $text }” ({ $keys })
listed-take-back = { $keys } takes the mark away
part-of-whole = { $part } of { $whole }
rules-lecture = Lecture
rules-met = Meets the “{ $rules }” rules.
rules-broken = { $count ->
    [one] 1 problem under the “{ $rules }” rules.
   *[other] { $count } problems under the “{ $rules }” rules.
}
rules-suggestions = { $count ->
    [one] { $verdict } 1 suggestion.
   *[other] { $verdict } { $count } suggestions.
}
button-cancel = Cancel
button-close = Close
button-open = Open
button-save = Save
button-change = Change…
button-back = Back
button-repair = Repair
button-replace = Replace
button-discard = Delete
button-look-again = Look again
button-try-again = Try again

## Start page

start-purpose = Captions for lectures, made on this computer.
start-open = Open file
start-open-hint = A recording to caption, or captions to correct
start-record = Record lecture
start-record-hint = Captions while you speak
start-record-trouble = Record lecture: { $trouble }
start-queue = Several recordings at once: open the queue
start-opening = Opening { $name }
start-drop = or drop a file anywhere in this window
start-let-go = Drop to open
start-kept = Lectern was not closed properly. These changes were kept:
start-kept-unnamed = Captions that had no file yet
start-kept-titled = { $title }, which had no file yet
start-recover = Recover
start-cut-off = A recording was interrupted. Its sound is safe; its captions can be completed:
start-cut-off-length = { $recorded }, { $left } left
start-later = Later
start-later-hint = It is offered again at the next start
start-finish = Finish captions
start-recent = Recent
start-forget = Forget { $name }
start-forget-hint = Remove from this list
first-title = The first steps
first-close = Hide the first steps
first-open = Open a recording, or press Record lecture: captions appear automatically.
first-correct = Read along and correct: Enter edits a caption, F7 goes to the next doubtful word.
first-export = Export the captions for your course with Ctrl+E.
first-keys = F1 shows all keys, F10 opens the menus, F6 goes from one part of the window to the next.
first-guide = Read the guide

## Toolbar and status bar

tool-save = Save captions
tool-export = Export captions…
tool-undo = Undo the last change
tool-redo = Redo the last change
tool-play = Play or pause the recording
tool-face-play = Play
tool-face-pause = Pause
state-captioning = is being captioned
state-read-only = read-only: open in another window
state-unsaved = not saved
state-saved = saved
status-selected = { $count } selected
status-second = Listening again…
status-language = Language of the captions
status-rules = Rules: { $rules }
status-rules-name = Caption rules
status-rules-hint = The rules that captions are checked against
status-meets-rules = meets the rules
status-entry-hint = { $count }: { $command }
notice-dismiss = Dismiss

## Captioning

progress-stop = Stop
progress-stop-hint = Keeps the captions made so far
progress-follow = Follow
progress-name = Progress of the captions
progress-connect = Connect the recording…
progress-incomplete = Captions are made up to { $until }.
progress-incomplete-of = Captions are made up to { $until } of { $length }.
progress-ready = { $count ->
    [one] The captions are ready: 1 cue
   *[other] The captions are ready: { $count } cues
}
progress-ready-close = Captions are ready: close
progress-stopping = Stopping…
progress-listening = Listening…
progress-finding = Finding the place at { $time }…
progress-percent = { $percent } %
progress-done = { $time } done
progress-speed = { $speed }× as fast as speech
left-moment = a few seconds left
left-seconds = { $seconds } s left
left-minutes = { $minutes } min left
left-hours = { $hours } h left

## List of cues

list-empty = No captions yet
list-name = { $count ->
    [one] Captions, 1 cue
   *[other] Captions, { $count } cues
}
column-in = In
column-out = Out
column-seconds = Secs
column-speed = CPS
column-speaker = Speaker
column-text = Text
cue-number = Cue { $number }
# A row of the list for screen readers.
cue-heard-span = at { $time }, { $seconds } seconds long
cue-heard-doubtful = { $doubtful }: { $words }
heard-seconds = { $count ->
    [one] 1 second
   *[other] { $seconds } seconds
}
heard-minutes = { $minutes ->
    [one] 1 minute { $rest }
   *[other] { $minutes } minutes { $rest }
}
heard-hours = { $hours ->
    [one] 1 hour { $rest }
   *[other] { $hours } hours { $rest }
}
cue-in-time = In-time of cue { $number }
cue-out-time = Out-time of cue { $number }
cue-text = Text of cue { $number }
cue-in-edge = In-time of cue { $number }, drag
cue-out-edge = Out-time of cue { $number }, drag

## Announced to screen readers, not shown

said-start = Start page
said-opened = { $name } is open. Cues: { $count }
said-captioning = Captioning { $name }
said-download = Downloading { $name }
said-downloaded = Download of { $name }: { $done }
said-download-failed = The download of { $name } failed
said-quarter = A quarter is captioned
said-half = Half is captioned
said-three-quarters = Three quarters are captioned
said-left = { $done }, { $minutes } min left
said-recording-ended = Recording has ended
said-saved = Saved { $name }
said-undone = Undone: { $step }
said-redone = Done again: { $step }
said-done = Done: { $step }
said-rate = Speed { $percent } %
said-starts = Begins at { $time }
said-ends = Ends at { $time }
said-edge-stays = The time is unchanged: there is no room
area-menu = Menus
area-tools = Tools
area-page = Page of the window
area-speakers = Who speaks
area-problems = What breaks the rules
area-sound = Sound of the captions
area-status = Status of the captions
area-notices = Messages

## Find and replace

find-field = Find
find-match-case = Match case
find-whole-words = Whole words
find-regex = Regular expression
find-selected = In selection
find-selected-hint = In the selected cues
find-nothing = Nothing found
find-count = { $count ->
    [one] 1 match
   *[other] { $count } matches
}
find-hit = Cue { $number }, { $time }: { $text }
find-close = Close find

rows-show = Cues that are shown
rows-all = All cues
rows-doubtful = With doubtful words
rows-problems = With problems
rows-unknown = With words not in the dictionary
rows-everybody = Everybody
rows-speaker = Speaker
rows-text = Only with this text
rows-sort = Order of the cues
rows-by-time = In order of time
rows-by-speed = Fastest to read first
rows-by-doubt = Most doubtful first
rows-sort-by-time = Sort by time
rows-sort-by-speed = Sort by reading speed
rows-sort-by-doubt = Sort by doubt
rows-count = { $shown } of { $all } cues
rows-close = Show all cues in order of time

spelling-looking = Looking for a dictionary …
spelling-ready = Dictionary: { $name }
spelling-missing = This computer has no dictionary for “{ $language }”. Install the Hunspell dictionary of this language.
spelling-no-language = The language of these captions is not known, so their spelling is not checked.
spelling-unreadable = { $path }: the dictionary cannot be read: { $cause }
spelling-broken = { $path }: this is not a dictionary that can be used.
spelling-off = Spelling is switched off in the settings
spelling-done = No unknown words are left
spelling-title = Not in the dictionary: { $word }
spelling-no-suggestions = No suggestions
spelling-add = Add to names and terms
spelling-add-hint = The word counts as known, and the recognizer prefers it
spelling-added = “{ $word }” added to names and terms
spelling-skip = Skip
spelling-edit = Edit
spelling-unknown = not in the dictionary: { $words }
find-replacement = Replace with
find-replace-all = Replace all

## Speakers

speakers-title = Speakers
speakers-close = Close speakers
speakers-count = Number of speakers
speakers-count-hint = If you know the number of speakers, enter it. 0: find out.
speakers-any = any
speakers-find = Find speakers
speakers-find-hint = Distinguishes voices on this computer and gives each cue its speaker. Names that you chose are kept.
speakers-find-again = Find again
speakers-find-again-hint = Takes only a moment, because the voices are known. Names that you chose are kept.
speakers-finding = Listening for voices…
speakers-found = { $count ->
    [one] 1 speaker
   *[other] { $count } speakers
}
speakers-one-voice = There is only one voice, so it gets no name
speakers-none = No cue has a speaker. The keys 1 to 9 give one to the selected cues.
speakers-keys = 1 to 9: speaker of the selected cues, 0: none. With Shift also the cues after them until the speaker changes. The next free number is a new speaker.
speakers-no-such = There is no speaker { $number } yet. { $next } makes a new one.
speakers-cue-has-none = This cue has no speaker
speakers-row = Speaker { $number }: { $name }, { $share }
speakers-share = { $percent } % · { $time } · { $count ->
    [one] 1 cue
   *[other] { $count } cues
}
speakers-name = Name of the speaker
speakers-rename = Rename
speakers-play = ▶ Play a sample
speakers-previous = ◀ Cue
speakers-next = Cue ▶
speakers-previous-name = Previous cue of { $name }
speakers-next-name = Next cue of { $name }
speakers-only = Only these cues
speakers-only-hint = Filters the list by this speaker
speakers-split = Divide in two
speakers-split-hint = If two people were mistaken for one
speakers-unknown-voices = Find the speakers first, so that the voices are known
speakers-merge = Join with…
speakers-remember = Remember this voice…
speakers-remember-hint = So that other recordings show this name
speakers-sounds-like = { $speaker } sounds like { $name }.
speakers-take-name = Call { $name }
speakers-kept = This project stores what the voices sound like, so that speakers can be found again.
speakers-pass-on = Pass on the remembered voices with this project
speakers-pass-on-hint = Whoever gets the project can then recognize these persons in other recordings. This is biometric data: pass it on only if they agree.
speakers-came-with = Voices came with this project: { $names }
speakers-remember-passed = Remember them on this computer
speakers-forget = Forget the voices
speakers-forget-hint = Before you give this project to others. The names stay.

## Remembered voices

remember-title = Remember the voice of { $name }?
remember-text = Lectern will then recognize this voice in your other recordings. It stores 192 numbers that describe the voice on this computer, in a file that only you may read; it does not store the sound. These numbers are biometric data, which in many countries may be stored only if the person agrees. You can remove them in Settings.
remember-hint = Dr. Okafor
remember-name = Name of the person
remember-agreed = I have asked this person
remember-go-on = Remember
voices-title = Remembered voices
voices-none = No voice is remembered. To add one, choose “Remember this voice…” under View, Speakers.
voices-hint = On this computer only. In captions with speakers, these people are called by their names.
voices-forget = Forget
voices-forget-name = Forget the voice of { $name }
voices-forget-all = Forget all
voices-export = Export…
voices-exported = Written: { $path }
voices-remembered = The voice is remembered
dialog-voices = Export remembered voices

## Problems

problems-title = Problems
left-out-title = { $count ->
    [one] 1 passage may be missing
   *[other] { $count } passages may be missing
}
left-out-hint = Only the second opinion recognized them. They may be noise or other voices.
left-out-go = Go to { $time }
left-out-go-hint = Listen there
left-out-insert = Insert
left-out-insert-at = Insert the passage at { $time }
left-out-dismiss = Dismiss
left-out-dismiss-at = Dismiss the passage at { $time }
problems-close = Close problems
problems-repair-all = Repair all
problems-suggestions = Show suggestions
problems-suggestions-hint = What the rules recommend beyond their limits, and limits that fast speech makes impossible to keep
problems-entry = Cue { $number }: { $text }
problems-repair-hint = Lays the words out again; for the current cue { $keys }
problems-repair-cue = Repair cue { $number }

# What is wrong with a cue: what was found, then the limit, then whether the speech forces it.
remark-empty = no text
remark-ends-early = ends { $seconds } s before it begins
remark-overlap = begins { $seconds } s before the cue above it ends
remark-order = begins { $seconds } s before the cue above it begins
remark-line-length = { $value } characters in a line
remark-line-count = { $value } lines
remark-characters = { $value } characters
remark-reading-speed = { $value } characters per second
remark-word-rate = { $value } words per minute
remark-time-per-word = { $value } s per word
remark-duration = shown for { $value } s
remark-gap = { $value } s after the cue above it
remark-balance = { $value } of the longer line
remark-aim-gap = { $remark } (aim for { $limit } or more, or for none)
remark-aim-more = { $remark } (aim for { $limit } or more)
remark-aim-fewer = { $remark } (aim for { $limit } or fewer)
remark-aim-less = { $remark } (aim for { $limit } or less)
remark-at-least = { $remark }, at least { $limit }
remark-at-most = { $remark }, at most { $limit }
remark-fast-speech = { $remark } (the speech is too fast)
remark-break = a break separates { $parts }
break-word = parts of a word
break-number-unit = number and unit
break-number = number and noun
break-title-name = title and name
break-name = parts of a name
break-infinitive-verb = infinitive marker and verb
break-article-noun = article and noun
break-possessive-noun = possessive and noun
break-preposition-object = preposition and object
break-conjunction-clause = conjunction and clause
break-pronoun-verb = pronoun and verb
break-auxiliary-verb = auxiliary and verb
break-negation-verb = negation and verb
break-modifier-noun = modifier and noun
break-operator = operator and operand
break-enclitic = word and particle

## Sound

picture-name = Picture of the video
sound-waveform = Waveform
sound-edge-hint = Alt: this edge alone. Shift: no snapping.
sound-drag-hint = Shift: no snapping.
sound-drag-times = { $from } – { $to }, { $seconds } s
sound-cue = Cue
sound-repeat = Repeat
sound-follow = Follow
sound-rate = Speed
sound-rate-hint = Speed, at the same pitch
sound-missing = no sound
sound-reading = reading the sound
sound-reading-percent = reading the sound, { $percent } %

## Settings

settings-title = Settings
settings-captions = Captions
settings-model = Speech model
settings-model-default = Chosen by Lectern
settings-language = Spoken language
settings-language-default = Detect automatically
settings-language-mixed = Several: detect in each stretch
settings-candidates-example = English, Deutsch
settings-candidates = Detect among
settings-candidates-hint = Languages that may be spoken, separated by commas. All that the model knows where it is empty.
settings-rules = Rules
settings-doubts = Doubtful words
settings-doubts-few = Mark few
settings-doubts-usual = Mark the usual number
settings-doubts-many = Mark many
settings-second-tick = Listen again after captioning to find wrong words
settings-second-hint = In the background, with the speech model “tiny” if it is on this computer. Where it recognizes something else, words are marked, and F4 takes its text.
settings-spelling-tick = Mark words that the dictionary does not know
settings-spelling-hint = Uses the Hunspell dictionaries of this computer, as LibreOffice and Firefox do. Names and terms count as known.
settings-speakers-tick = Say who speaks (Lecturer, Audience, Speaker 1 …)
settings-channels-tick = Recognize each channel apart (Channel 1, Channel 2 …)
settings-channels-hint = For recordings with a microphone for each person, such as interviews. It takes as long as all channels one after the other.
settings-speakers-hint = Voices are distinguished on this computer. Names can be changed afterwards under View, Speakers.
settings-low-memory-tick = Use less memory (captioning takes longer)
settings-low-memory-hint = For computers with little memory: one part of a recording is recognized at a time.
settings-vocabulary = Names and terms
settings-vocabulary-hint = One per line. The recognizer spells them like this. Existing captions do not change.
settings-vocabulary-example-name = Ada Lovelace
settings-vocabulary-example-term = analytical engine
settings-window = Window
settings-window-language = Language of the window
settings-colors = Colours
settings-theme-system = Follow system
settings-theme-light = Light
settings-theme-dark = Dark
settings-theme-contrast = High contrast
settings-font = Font of captions
settings-font-default = Same as window
settings-text-size = Text size
settings-applied = Changes apply immediately. Captions that are open keep their rules.
language-ar = Arabic
language-zh = Chinese
language-cs = Czech
language-da = Danish
language-nl = Dutch
language-en = English
language-fi = Finnish
language-fr = French
language-de = German
language-el = Greek
language-he = Hebrew
language-hi = Hindi
language-hu = Hungarian
language-it = Italian
language-ja = Japanese
language-ko = Korean
language-no = Norwegian
language-pl = Polish
language-pt = Portuguese
language-ru = Russian
language-es = Spanish
language-sv = Swedish
language-tr = Turkish
language-uk = Ukrainian

## Export

export-title = Export captions
export-button = Export
export-files = { $count ->
    [one] Export 1 file
   *[other] Export { $count } files
}
export-no-format = Choose formats on the left.
export-keeps-all = Keeps everything in these captions.
export-loses = Loses { $losses }.
export-no-text = This format cannot be shown as text.
export-name = Name
export-language-in-name = Language in the name
export-word-times = Times of words
export-folder = Folder
export-change-folder = Change folder
export-overwrite = Replace files of these names

# What is hidden in captions when they are written.
hiding-nothing = Hide: nothing
hiding-personal = Hide: personal data
hiding-words = Hide: listed words
hiding-both = Hide: personal data and listed words
hiding-personal-tick = Replace personal data with labels such as [EMAIL]
hiding-personal-hint = E-mail and postal addresses, numbers of telephones, cards, accounts and identity cards, and names, where rules find them. They find most, not all: read what you publish. The project keeps every word.
hiding-list = Words to hide, one per line, with inflections after commas
hiding-list-example = darn, darned, darning
hiding-masked = Write *** in their place
hiding-left-out = Leave them out
hiding-tagged = Keep them, and mark them in JSON for programs

# Formats of files; names that are the same in every language are not here.
format-srt = SubRip captions
format-vtt = WebVTT captions
format-ttml = TTML captions (IMSC)
format-ebuttd = EBU-TT-D captions
format-sbv = YouTube captions (SBV)
format-lrc = Lyrics (LRC)
format-csv = Table (CSV)
format-tsv = Table (TSV)
format-text = Plain text transcript
format-json = Lectern transcript
format-markdown = Markdown transcript
format-html = Web page transcript (HTML)
format-docx = Word transcript (DOCX)

# What a format loses, after "Loses".
loss-cues = { $count ->
    [one] the division into 1 cue, and their times
   *[other] the division into { $count } cues, and their times
}
loss-end-times = { $count ->
    [one] the end times of 1 cue
   *[other] the end times of { $count } cues
}
loss-milliseconds = { $count ->
    [one] milliseconds: 1 cue rounded to hundredths of a second
   *[other] milliseconds: { $count } cues rounded to hundredths of a second
}
loss-overlaps = { $count ->
    [one] overlaps: 1 cue cut short or joined
   *[other] overlaps: { $count } cues cut short or joined
}
loss-empty-cues = { $count ->
    [one] 1 cue without text
   *[other] { $count } cues without text
}
loss-line-breaks = { $count ->
    [one] the line breaks of 1 cue
   *[other] the line breaks of { $count } cues
}
loss-hidden = { $count ->
    [one] control and other hidden characters in 1 cue
   *[other] control and other hidden characters in { $count } cues
}
loss-styles = { $count ->
    [one] the italics, bold and underlining of 1 cue
   *[other] the italics, bold and underlining of { $count } cues
}
loss-colors = { $count ->
    [one] the colours and struck-through text of 1 cue
   *[other] the colours and struck-through text of { $count } cues
}
loss-own-markup = { $count ->
    [one] the markup of 1 cue that only its original format knows
   *[other] the markup of { $count } cues that only their original format knows
}
loss-places = { $count ->
    [one] the position of 1 cue on the picture
   *[other] the position of { $count } cues on the picture
}
loss-speakers = { $count ->
    [one] the speakers of 1 cue as separate data
   *[other] the speakers of { $count } cues as separate data
}
loss-word-times = { $count ->
    [one] the times of 1 word
   *[other] the times of { $count } words
}
loss-word-ends = { $count ->
    [one] the end times of 1 word
   *[other] the end times of { $count } words
}
loss-probabilities = { $count ->
    [one] the probabilities of 1 word
   *[other] the probabilities of { $count } words
}
loss-segments = { $count ->
    [one] 1 segment of the recognizer's own words
   *[other] { $count } segments of the recognizer's own words
}
loss-tags = { $count ->
    [one] the tags of 1 listed word
   *[other] the tags of { $count } listed words
}
loss-language = the language
loss-title = the title
loss-media = the name and length of the recording

## Other dialogs

about-version = Version { $version }, { $target }
about-engine = Recognizes speech with its own engine, using { $instructions } instructions
about-purpose = Turns lectures into captions on this computer. Nothing that you open or say leaves it, unless you show live captions in the network of the room.
about-updates = Lectern never looks for new versions by itself. You find them where you got this one.
about-licence = Licensed under { $one } or { $other }, at your choice. Included:
about-part = { $part } ({ $licence })
about-parts = The licences of all { $count } parts
about-whisper = the speech model Whisper
about-silero = Silero, which finds speech in the sound
about-speakers = the models that find who speaks
busy-recording = Stop the recording?
busy-recording-text = The recording is stopped, its captions are completed and saved, and then the window closes.
busy-recording-go-on = Stop, save and close
busy-queue = Pause the queue and close?
busy-queue-text = Recordings are being captioned. What was recognized is kept, and the rest waits in the queue for the next start.
busy-queue-go-on = Pause and close
busy-finishing = Close now?
busy-finishing-text = The recording is safe, but its captions are not complete. Lectern completes them at the next start.
busy-stay = Go on
discard-title = Delete the recovered changes?
discard-text = The changes since the last save are deleted and cannot be restored.
discard-keep = Keep them
discard-go-on = Delete them
existing-title = This recording has captions
existing-question = Open the captions of { $name }, or caption it again?
existing-again = Caption again with…
existing-again-hint = These files stay as they are until you save or export over them
existing-open = Open { $name }
existing-project = Project
existing-captions = Captions
caption-title = Caption { $name }
caption-go-on = Start
caption-at-once = Caption recordings without asking this
caption-at-once-hint = Lectern then takes the language, model and names of the last time; they are in the settings too
saved-now = saved just now
saved-minutes = { $count ->
    [one] saved 1 minute ago
   *[other] saved { $count } minutes ago
}
saved-hours = { $count ->
    [one] saved 1 hour ago
   *[other] saved { $count } hours ago
}
saved-days = { $count ->
    [one] saved 1 day ago
   *[other] saved { $count } days ago
}
palette-hint = Type a command
palette-name = Command
palette-none = No matching command
path-hint = This computer has no program for file dialogs: install zenity or a desktop portal. Until then, type or paste the path here.
path-taken = A file with this name already exists.
path-replace = Replace it
path-save = Save here
path-open = Open it
path-choose = Choose it
path-example = /home/ada/lecture.mp4
path-name = Path
shift-title = Shift times
shift-by = By
shift-example = 1.5 or -0:02.250
shift-name = Shift by, in seconds
shift-seconds = seconds
shift-sign = A minus sign moves cues earlier.
shift-selected = The selected cues
shift-all = All cues
shift-go-on = Shift
shortcuts-title = Keyboard shortcuts
shortcuts-hint = Choose a command’s keys, then press the new ones.
shortcuts-search = Search
shortcuts-search-name = Search shortcuts
shortcuts-reset-all = Reset all
shortcuts-press = Press keys…
shortcuts-none = none
shortcuts-keys-of = Keys of { $command }
shortcuts-reset = Reset
shortcuts-reset-of = Reset the keys of { $command }
shortcuts-taken = { $keys } already belongs to: { $commands }
shortcuts-use = Use it for: { $command }
shortcuts-leave = Leave it
speaker-title = Who speaks in the selected cues?
speaker-hint = Unknown
speaker-name = Speaker
speaker-known = In these captions
speaker-go-on = Set speaker
unsaved-title = Save your changes?
unsaved-text = The captions of { $name } have changes that are not saved.
unsaved-captioning = Captioning stops here. It can be continued when the captions are open again.
unsaved-discard = Do not save

## File dialogs

dialog-open = Open captions or a recording
dialog-recording = Choose the recording of these captions
dialog-save = Save
dialog-folder = Choose a folder for the files
dialog-queue-files = Add recordings to the queue
dialog-queue-folder = Add a folder with recordings to the queue
dialog-openable = Captions and recordings
dialog-all-files = All files
dialog-project = Lectern project

## Record page

record-title = Record a lecture
record-hint = Sound is saved within a second. Captions appear while you speak.
record-start = Start recording
record-back-hint = To the start page
record-microphone = Microphone
record-microphone-default = System default
record-microphone-default-named = System default: { $name }
record-microphone-missing = { $name } (not connected)
record-channel = Channel
record-channel-all = All together
record-channel-one = { $channel } alone
record-level = Level
record-too-loud = too loud
record-turn-down = too loud: turn the microphone down
record-level-loud = Level { $level } dB, too loud
record-level-value = Level { $level } dB
record-level-silence = Level: silence
record-level-hint = How loud it is. The mark is the highest peak; at the right end, sound is clipped.
record-stability = Words settle
record-stability-high = as soon as possible; more of them are wrong
record-stability-medium = soon
record-stability-low = late; fewer of them are wrong
record-sound = Sound
record-full-quality = Also keep the original full-quality audio
record-full-quality-hint = In a second file, with every channel. Captions need 16 kHz only.
record-folder = Save in
record-folder-hint = Choose the folder for recordings
record-trying = Checking for six seconds: speak as in the lecture…
record-trying-hint = You can start to record at once.
record-trouble = Recording is not possible yet
record-bad = Fix this before you record
record-cautions = { $count ->
    [one] Ready, with one caution
   *[other] Ready, with { $count } cautions
}
record-ready = Everything is ready
finding-no-sound = There is no sound from the microphone: it is muted, switched off, or the wrong one.
finding-clipped = The sound is too loud and clipped: turn the microphone down.
finding-no-speech = No speech was found: try again, and speak as in the lecture.
finding-quiet-speech = The speech is quiet ({ $level } dB): turn the microphone up, or bring it nearer.
finding-loud-room = The room is loud: speech is only { $above } dB above the noise. Bring the microphone nearer.
finding-good-sound = The microphone is fine: speech at { $speech } dB, peaks at { $peak } dB.
finding-slow-folder = The folder is too slow to record to: choose one on this computer.
finding-writable-folder = The folder can be written to.
finding-space-minutes = The disk has room for only { $minutes } minutes: free some space.
finding-space-hours = The disk has room for { $hours } hours.
finding-best-model = The model { $name } is the best on this computer that keeps up with speech.
finding-better-model = The model { $name } ({ $size }) would make fewer errors and also keep up: download it on the page of models.
finding-slow-model = This computer is too slow for this model: captions fall behind, but no sound is lost. Choose a smaller model.
finding-utterances-only = Captions come sentence by sentence: this computer is slow for this model.
finding-latency = Words appear about { $seen } s after they are spoken, and are certain after { $certain } s.
record-state-paused = Paused
record-state-recording = Recording
record-state-finishing = Recognizing the rest
record-state-starting = Starting
record-length-hint = Length of the recording
record-lag-large = { $seconds } s behind; no sound is lost
record-lag = { $seconds } s behind
record-lag-hint = How far the recognizer is behind the recording. It catches up in pauses; no sound is lost.
record-room-minutes = room for { $minutes } min
record-room-hours = room for { $hours } h
record-room-days = room for days
record-room-hint = How much more the disk can hold
record-safe-closes = The recording is safe. The window closes when its captions are saved.
record-safe-opens = The recording is safe. Its captions open when they are complete.
record-stop = Stop
record-pause = Pause
record-resume = Resume
record-voice = Speaker { $number }
record-voice-name = Name
record-voice-hint = The name stays when the speakers are found again after the stop
record-words-hint = Words appear here as they are spoken
trouble-show-models = Open the folder of models
trouble-choose-folder = Choose another folder
trouble-no-model = There is no speech model. Put one into the folder of models.

## Captions for the audience

audience-show = Show the captions:
audience-window = To the audience
audience-browser = In a browser
audience-browser-label = In a browser:
audience-readers = Who can read in a browser
audience-readers-here = On this computer only
audience-readers-network = In the network of the room
audience-copy = Copy
audience-copy-hint = Copy the address
audience-qr = QR code
audience-qr-hint = Show the address as a picture for phones
audience-qr-name = QR code of { $address }
audience-address-here = Only browsers on this computer can open this link.
audience-address-network = Everyone in the network who has this link can read along.
audience-address-hint = The end of the address is a code that cannot be guessed. It stays the same for a day. Readers cannot change anything there. If others cannot open it, the firewall of this computer or the network keeps them out.
audience-look = How the audience sees them
audience-place = Place
audience-place-window = A window, moved by hand
audience-place-full = The whole screen
audience-place-top = A strip at the top
audience-place-bottom = A strip at the bottom
audience-place-top-left = The corner at the top left
audience-place-top-right = The corner at the top right
audience-place-bottom-left = The corner at the bottom left
audience-place-bottom-right = The corner at the bottom right
audience-size = Text size
audience-colors = Colours
audience-white-on-black = White on black
audience-yellow-on-black = Yellow on black
audience-black-on-white = Black on white
audience-black-on-yellow = Black on yellow
audience-lines = Lines
audience-tentative = Words that may still change
audience-on-top = Always on top
audience-mirrored = Mirrored
audience-mirrored-hint = For a screen that is lit from behind
audience-look-hint = Drag the window to the projector; F11 or a double click there fills its screen. The font is that of captions in the settings.
audience-title = Captions
audience-waiting = Captions appear here

## Queue

queue-title = Queue of recordings
queue-looking = looking for recordings
queue-pausing = pausing: what was recognized is kept
queue-ready = waiting for you to start
queue-purpose = Captions for a whole course, made while you do something else
queue-failed = { $count } failed
queue-left = { $time } of sound left
queue-done = { $all ->
    [one] { $done } of 1 recording done
   *[other] { $done } of { $all } recordings done
}
queue-start = Start
queue-pause = Pause
queue-add-files = Add files…
queue-add-folder = Add a folder…
queue-clear = Clear finished
queue-clear-hint = Removes finished recordings from this list; their captions stay
queue-back-hint = The queue keeps running
queue-formats = Captions as { $formats }
queue-drop-hint = Drop recordings or folders anywhere in this window, or add them with the buttons above.
queue-output-hint = Captions are written beside each recording, with a project to correct them in. If a recording fails, the others continue.
queue-progress = Progress of { $name }
queue-elsewhere = is being captioned by another program ({ $machine })
queue-crashed = crashed its process; it is tried once more, alone
queue-waiting = Waiting
queue-captioning = being captioned
queue-remove = Remove { $name }
queue-remove-hint = Take it out of the queue; no file is touched
queue-move-down = Move { $name } down
queue-move-down-hint = Move down
queue-move-up = Move { $name } up
queue-move-up-hint = Move up
queue-try-again = Try again: { $name }
queue-try-again-hint = Once more, when its turn comes
queue-replace = Replace: { $name }
queue-replace-hint = Caption it, and replace the captions that are there
queue-open = Open the captions of { $name }
queue-doubtful = { $count ->
    [one] 1 doubtful place to look at
   *[other] { $count } doubtful places to look at
}
queue-skipped-captioned = was captioned before, with the same model and settings
queue-skipped-corrected = its captions were corrected, so they are left unchanged
queue-skipped-foreign = already has captions, which are left unchanged
queue-skipped-elsewhere = another program captioned it in the meantime
queue-empty = nothing is waiting in the queue; add recordings first
queue-ended = { $count ->
    [one] The queue is done: 1 recording with captions
   *[other] The queue is done: { $count } recordings with captions
}
queue-ended-failed = { $count ->
    [one] The queue is done; 1 recording could not be captioned
   *[other] The queue is done; { $count } recordings could not be captioned
}
queue-failure-input = The recording cannot be read.
queue-failure-recognizer = Recognition has failed.
queue-failure-crash = Lectern crashed on this recording.
queue-failure-output = The captions cannot be written.
queue-failure-settings = The options of this recording cannot be used.
queue-failure-crashed = Lectern crashed on this recording twice ({ $end }). Convert it to WAV, or choose another model.
queue-failure-disk = The disk is full: { $free } are free, and { $needed } are needed to begin. Free some space and start the queue again.
queue-failure-format = These captions cannot be written as { $format }. Choose another format.
queue-failure-shared = Its captions would have the same path as those of { $path }. Rename one of the two.
queue-failure-name = The name of the file is not Unicode. Rename it.
queue-end-signal = signal { $signal }
queue-end-code = exit code { $code }
queue-end-unknown = without a trace

## Notices: files and captions

notice-folder-not-shown = the folder could not be shown ({ $cause }): { $path }
notice-crashed = Something went wrong inside Lectern ({ $task }); your captions are as they were
notice-project-damaged = the project is damaged, but an earlier version can be opened: { $path }
notice-open-version = Open that version
notice-recording-moved = the recording is not where it was: { $path }
notice-choose-recording = Choose it
notice-open-elsewhere = Another window has this project open. Look at it here, or save it under another name.
notice-fixed = Fixed while opening { $format }: { $what }
notice-fixed-line = line { $line }: { $what }
notice-fixed-more = { $what }, and { $count } more
notice-fixed-fault = a fault in the format
notice-ready = The captions are ready: { $name }
notice-failed = Captioning has failed: { $name }
notice-failed-kept = { $count ->
    [one] { $error } 1 cue is kept.
   *[other] { $error } { $count } cues are kept.
}
notice-stopped-kept = { $count ->
    [one] Stopped; 1 cue kept
   *[other] Stopped; { $count } cues kept
}
notice-written = { $count ->
    [one] 1 file written
   *[other] { $count } files written
}
notice-open-folder = Open folder
notice-export-again = Export again
notice-untitled = Captions
notice-not-in-place = { $format } cannot hold { $lost }. A project holds everything.
notice-not-kept = Unsaved changes are not safe from a crash. { $error }
notice-save-now = Save now
notice-save-elsewhere = Save elsewhere
notice-name-taken = another window has this project open; choose another name: { $path }
notice-choose-name = Choose a name
notice-recording-first = a lecture is being recorded; open this when its captions are saved: { $path }
notice-second-opinion = { $count ->
    [one] The second opinion is ready: 1 doubtful word
   *[other] The second opinion is ready: { $count } doubtful words
}
notice-no-second-opinion = There is no second opinion on these captions: { $error }
notice-listening-again = Listening again…
notice-repaired = { $count ->
    [one] 1 cue repaired
   *[other] { $count } cues repaired
}
notice-repaired-left = { $left ->
    [one] { $repaired }; 1 problem left
   *[other] { $repaired }; { $left } problems left
}
notice-replaced = { $count ->
    [one] 1 place replaced
   *[other] { $count } places replaced
}
notice-copied = { $count ->
    [one] Cue copied
   *[other] { $count } cues copied
}
notice-no-cues-in-clipboard = The clipboard holds no captions with times

## Notices: recording

lecture-queue-paused = The queue is paused, so that live captions keep up. Start it again afterwards.
lecture-port-taken = Something else uses port { $port }, so the page for browsers has another address.
lecture-saved = The lecture is saved: { $path }
lecture-saved-title = The lecture is saved with its captions
lecture-microphone-lost = { $reason } The recording continues with silence until the microphone is back.
lecture-microphone-back = The microphone is back. There is no sound from { $from } to { $to }.
lecture-sound-dropped = The computer was too busy: { $seconds } s of sound are missing at { $at }.
lecture-full-quality-stopped = { $reason } The recording continues without full-quality sound.
lecture-disk-low = { $minutes ->
    [one] The disk is full in about 1 minute. Free some space now.
   *[other] The disk is full in about { $minutes } minutes. Free some space now.
}
lecture-recognizer-failed = { $reason } It was started again; no sound is lost.
lecture-not-recognized = No words could be found from { $from } to { $to }; the sound is kept.
lecture-clipping = The sound is too loud and clipped. Turn the microphone down.
lecture-silent = There has been no sound for ten seconds. Is the microphone muted, or the wrong one?
lecture-sound-ended = The sound has ended at { $at }.
lecture-disk-full = The disk is full: the recording was stopped at { $at }. All of it is kept.
lecture-unwritable = The recording was stopped at { $at }. { $cause } What was recorded is kept.

## The page of models

command-app-models = Models…
dialog-model = Import a speech model
models-title = Speech models
models-measuring = Measuring how fast this computer is…
models-not-measured = The speed of this computer cannot be measured: there is no model to measure with.
models-advice = The most accurate for this computer: { $recordings } for recordings, { $live } for live captions.
models-advice-one = The most accurate for this computer is { $model }, for recordings and for live captions.
models-advice-recordings = The most accurate for recordings on this computer is { $model }. None keeps up with live speech.
models-advice-none = This computer is slow for every model: an hour of lecture takes longer than half an hour.
models-import = Import a file…
models-import-hint = A model file, for example on a USB stick: a ggml file, or model.safetensors with config.json and tokenizer.json beside it
models-network = Network
models-network-off = Network: never used
models-network-text = Lectern uses the network only when you press Download, and contacts only the address beside that button, and where that one forwards it to. It sends nothing but the name of the file.
models-started-offline = Lectern was started without access to the network.
models-never = Never use the network
models-mirror = Mirror
models-proxy = Proxy
models-mirror-example = https://models.example.org/whisper
models-proxy-example = http://proxy.example.org:3128
size-mb = { $number } MB
size-gb = { $number } GB
models-looking = Looking for models…
models-here = On this computer
models-others = Can be downloaded
models-purpose-own = Your own file
models-purpose-tiny = The quickest, with the most errors: to find your way in a recording
models-purpose-base = Quick, for clear speech
models-purpose-small = Noticeably fewer errors, for most lectures
models-purpose-medium = Few errors, and slow
models-purpose-large = The fewest errors, for a fast computer or a night
models-purpose-distil = For English alone: nearly as few errors as the model it was made from, in less time
models-purpose-turbo = Nearly as few errors as the large ones, in less time
models-english = English only
models-multilingual = 99 languages
models-memory = { $size } of memory
models-errors = about { $percent } % errors
models-errors-hint = Errors are wrong words of a hundred, as published: the average of seven collections of long recordings in English, from talks to telephone conferences. A clear lecture has about a third of it.
models-hour = an hour takes { $minutes } min
models-hour-seconds = an hour takes { $seconds } s
models-hour-hours = an hour takes { $hours } h
models-too-large = too large for the memory
models-live = keeps up live
models-in-use = In use
models-use = Use
models-use-of = Use { $name }
models-remove = Delete…
models-remove-of = Delete { $name }…
models-download = Download
models-download-of = Download { $name }
models-from = from { $host }
models-offline = The network is not used; import a file
models-pause = Pause
models-pause-of = Pause the download of { $name }
models-resume = Resume
models-resume-of = Resume the download of { $name }
models-cancel = Cancel
models-cancel-of = Cancel the download of { $name }
models-again-of = Try the download of { $name } again
models-paused = { $size } downloaded
models-progress = Download of { $name }
models-connecting = connecting
models-speed = { $size }/s
models-downloaded = { $name } is on this computer now.
models-imported = { $name } is on this computer now.
models-removed = { $name } was deleted; { $size } are free again.
models-no-folder = This system names no folder of yours for models. Set HOME.
error-source-no-file = Only from a mirror or a file.
error-source-mirror = { $address } is not a web address. Correct the mirror.
error-source-proxy = { $address } is not a proxy. Correct it.
error-download-busy = Another program is downloading it.
error-download-disk = { $needed } are needed, and only { $free } are free. Free some space.
error-download-network = { $host } cannot be reached ({ $cause }). Check network, proxy and mirror.
error-download-refused = { $host } does not give it (status { $status }). Check the mirror.
error-download-wrong = { $host } gives another file; nothing was kept. Use another mirror.
error-network-host = no server of this name was found
error-network-encryption = the connection cannot be encrypted
error-network-redirects = it refers to other servers too often, or to one without encryption
error-network-status = it is busy, status { $status }
error-network-other-part = it sent another part of the file
error-import-flawed = { $path } cannot be used as a model: { $flaw }. Lectern reads ggml files, as whisper.cpp uses them.
error-import-published = { $path } cannot be converted. Lectern converts whole Whisper models as they are published: model.safetensors with config.json and tokenizer.json beside it.
error-import-missing = There is no whole model in { $path }; missing: { $missing }. Choose a ggml file, or model.safetensors with config.json and tokenizer.json beside it.
error-import-kind = { $path } is a model, but not one for speech recognition. Choose another file.
error-import-exists = There is another model named { $path }. Delete it first, or rename your file.
error-remove-not-yours = { $path } was not deleted, because it is not in your own folder for models.
error-remove = { $path } was not deleted ({ $cause }). Check its permissions.
models-better = Better results are possible: { $model } makes about { $fewer } % fewer errors. On this computer { $hour }; the download is { $size }.
models-show = Show models
remove-model-title = Delete the model?
remove-model-text = { $name } is deleted from this computer. It can be downloaded or imported again.
remove-model-keep = Keep
remove-model-go-on = Delete

## Errors

# Causes that the system gives, in the brackets of a sentence.
error-cause-not-found = not found
error-cause-permission = permission denied
error-cause-exists = it exists already
error-cause-disk-full = the disk is full
error-cause-quota = your share of the disk is used up
error-cause-too-large = the file is too large for this disk
error-cause-busy = another program is using it
error-cause-folder = it is a folder
error-cause-no-folder = a part of the path is not a folder
error-cause-not-empty = the folder is not empty
error-cause-name = this disk does not allow such a name
error-cause-cut-short = the file ends too early
error-cause-read-only = the disk is read-only
error-cause-memory = there is not enough memory
error-cause-resources = the system has no resources left for it
error-cause-unsupported = this system does not support it
error-cause-timeout = there was no answer in time
error-cause-address-in-use = another program uses the address
error-cause-no-address = this computer does not have the address
error-cause-refused = the connection was refused
error-cause-connection-lost = the connection was lost
error-cause-no-network = there is no connection to the network
error-cause-network-folder = the network folder was disconnected
error-cause-device-busy = another program is using the device
error-cause-device-gone = the device is gone
error-cause-device-changed = the device has changed
error-cause-no-sound-system = the sound system is not running
error-cause-sound-format = the device does not support this format
error-cancelled = Stopped.
error-thread = The system cannot start another thread ({ $cause }). Close other programs and try again.
error-file = { $path } cannot be read or written ({ $cause }). Check the folder, its permissions and the free space.

# Recordings
error-audio-not-found = { $path } was not found. Was it moved or renamed?
error-audio-permission = { $path } may not be read. Change its permissions, or copy it into a folder of your own.
error-audio-not-a-file = { $path } is a folder or a device. Choose a sound or video file.
error-audio-empty = { $path } is empty (0 bytes). Copy or download it again.
error-audio-no-samples = { $path } holds no sound: its length is zero. Record or export it again.
error-picture-not-installed = Install ffmpeg (https://ffmpeg.org) to see the picture of the video here, and press play again.
error-picture-no-thread = The picture cannot be shown ({ $message }). Close other programs, and open the recording again.
error-picture-said = The picture cannot be shown. From ffmpeg: { $message }.
error-picture-garbage = The picture cannot be shown: what the installed ffmpeg writes is no picture. Install it anew from https://ffmpeg.org.
error-picture-silent = The picture cannot be shown: the program ffmpeg wrote nothing for { $seconds } seconds. Play on to try again.
error-audio-unknown = { $path } is not a sound or video file that Lectern knows. Install ffmpeg (https://ffmpeg.org) and try again, or convert the file to WAV or FLAC.
error-audio-unknown-to-ffmpeg = { $path } is not a sound or video file that Lectern or ffmpeg knows. Convert it to WAV or FLAC.
error-audio-no-track = The video { $path } has no sound. Choose a file with sound.
error-audio-codec = The sound of { $path } is { $codec }, which Lectern does not read by itself. Install ffmpeg (https://ffmpeg.org) and try again, or convert the file to WAV or FLAC.
error-audio-damaged = { $path } is damaged ({ $cause }). Copy or export it again.
error-audio-ffmpeg = The sound of { $path } could not be read with ffmpeg either ({ $message }). Convert the file to WAV or FLAC.
error-audio-io = { $path } cannot be read or written ({ $cause }). Check the disk or the network folder and try again.
error-recording-unreadable = The recording { $path } cannot be read ({ $cause }). Check its permissions and the disk, then connect it again.

# What is wrong inside a file, in the brackets of a sentence.
error-damage-header = it ends within its header
error-damage-no-index = its index is missing, as in interrupted recordings
error-damage-no-rate = it states no sample rate
error-damage-rate = it states { $rate } samples a second
error-damage-channels = it states { $channels } channels
error-damage-no-packet = nothing in it can be decoded
error-damage-no-next-part = its next part has no sound that can be decoded
error-damage-appended = it goes on with another recording, which only ffmpeg can read
error-damage-cue-number = the cue at { $at } has no number of its own
error-damage-json = line { $line } does not fit

# What was wrong with a recording that could be read nevertheless
error-sound-packets = { $count ->
    [one] A damaged part of the recording was left silent, at { $first }. Check the captions there.
   *[other] { $count } damaged parts of the recording were left silent, the first at { $first }. Check the captions there.
}
error-sound-gaps = Sound of { $total } is missing in the recording, the first of it at { $first }. It was left silent.
error-sound-stopped = The recording could not be read beyond { $at } ({ $cause }). The rest has no captions.
error-sound-short = The recording states a length of { $stated }, but its sound ends at { $read }. It may be incomplete.
error-sound-format = The sample rate or the number of channels of the recording changes at { $at }. The rest has no captions.
error-sound-leap = The time stamps of the recording jump by hours, so times may be off. Check some of them.
error-sound-cuts = The recording contains parts that players skip. They are read here, so times may be off. Export the recording again.
error-sound-continued = The recording is damaged at { $at }. ffmpeg continued from there.
error-sound-faint = The recording is very quiet, { $decibels } dB below full scale, and was amplified. Check the captions, and record closer or louder.

# Microphones and loudspeakers
error-microphone-list = The microphones cannot be listed ({ $cause }). Check that the sound system is running.
error-microphone-none = There is no microphone. Plug one in.
error-microphone-missing = The microphone { $name } is not connected. Plug it in, or choose another one.
error-microphone-permission = { $device } may not be used. Allow microphones for Lectern in the privacy settings of the system.
error-microphone-busy = { $device } is in use by another program. Close that program and try again.
error-microphone-channel = { $device } has no channel { $channel }: it has { $channels }. Choose another channel.
error-microphone-lost = { $device } was disconnected. Plug it in again.
error-microphone-failed = { $device } gives no sound ({ $cause }). Choose another microphone, or restart the sound system.
error-playback-no-device = There is no loudspeaker or headphone to play on. Connect one and play again.
error-playback-device = The sound cannot be played ({ $cause }). Check the sound settings of the system and play again.
error-playback-format = The sound cannot be played: the device only accepts samples as { $format }. Choose another device in the sound settings of the system.
error-playback-read = The decoded recording cannot be read ({ $cause }). Connect the recording again.

# Models
error-model-not-installed = The model { $name } is not on this computer. Choose another one, or put its file { $file } into the folder of models.
error-model-unknown = No model is called { $name }. Choose another one in the settings.
error-model-missing = The model { $path } was not found. Choose another one in the settings.
error-model-not-a-file = { $path } is not a file. Choose another model in the settings.
error-model-unreadable = The model { $path } cannot be read ({ $cause }). Check its permissions and the disk.
error-model-size = The model { $path } has { $bytes } bytes instead of { $expected }. { $remedy }
error-model-flawed = The model { $path } cannot be used: { $flaw }. { $remedy }
error-model-checksum = The model { $path } is damaged: its checksum is wrong. { $remedy }
error-model-no-speech = { $path } finds speech but recognizes no words. Choose a speech model in the settings.
error-model-no-vad = { $path } is a speech model, but the one that finds speech was expected. Install Lectern again.
error-flaw-empty = it is empty
error-flaw-no-model = it is not a model but { $found }
error-flaw-cut-short = it is cut short
error-flaw-damaged = it is damaged
error-flaw-unlisted = it is not the one that Lectern needs
error-foreign-gguf = a GGUF file, which Lectern does not read
error-foreign-zip = a ZIP archive or a PyTorch checkpoint
error-foreign-lfs = a Git LFS pointer without its file
error-foreign-web-page = a web page
error-foreign-safetensors = a safetensors file
error-foreign-unknown = something else
error-remedy-copy = Get the file again from where it came.
error-remedy-shipped = It comes with Lectern: install Lectern again.
error-remedy-download = Download it again from { $source } into the folder of models.
error-remedy-convert = Convert it again as models/README.md says.
error-model-no-speakers = { $path } is another kind of model, but the one that tells speakers apart was expected. Install Lectern again.
error-no-speakers = The captions do not name the speakers. { $reason }
error-speakers-networks = The model that tells speakers apart cannot be used. Install Lectern again.
error-voices-io = The remembered voices in { $path } cannot be read or written ({ $cause }). Check the permissions and the free space.
error-voices-damaged = { $path } does not contain remembered voices (line { $line }). Move the file to another folder.
error-voices-too-new = { $path } was written by a later version of Lectern. Update Lectern.
error-voices-no-folder = This system names no folder for your data, so voices cannot be remembered.
error-naming-no-voices = The voices of this recording are not known yet. Find the speakers first.
error-naming-nobody = There is no speech in this recording.
error-naming-one-voice = Everything that { $name } says sounds like one person.
error-speakers-damaged = The stored voices cannot be read. Forget the voices, and find the speakers again.
error-speakers-stopped = A fault in Lectern stopped the search for speakers. Please report it.
error-catalog-unreadable = The catalogue of models { $path } cannot be read ({ $cause }), so the built-in one is used. Check the path and its permissions.
error-catalog-malformed = { $path } is not a catalogue of models (line { $line } does not fit), so the built-in one is used. Correct the file.
error-catalog-flawed = The model { $name } in the catalogue { $path } is not described correctly ({ $cause }), so the built-in one is used. Correct the file.
error-entry-repeated = its name occurs twice
error-entry-name = its name has characters other than letters, digits, . - and _
error-entry-file = its file is not called ggml-NAME.bin
error-entry-size = it needs one of bytes and about_mib
error-entry-shape = a speech model needs a shape, and other models have none
error-entry-checksum = its checksum is not lower-case hexadecimal of the right length
error-entry-source = its source is not a web address
error-vad-no-model = The file that finds speech is not a model. Install Lectern again.
error-vad-cut-short = The model that finds speech is cut short. Install Lectern again.
error-vad-unsupported = The model that finds speech cannot be used. Install Lectern again.

# Recognizing
error-recognizer-language = The model does not know the language { $code }. Choose another language or a multilingual model in the settings.
error-recognizer-missing = This build of Lectern has no whisper.cpp. Set the engine to cpu in the settings file.
error-recognizer-processor = This processor lacks { $lacks }, which whisper.cpp was built for. Set the engine to cpu in the settings file.
error-recognizer-load = The model could not be loaded. Choose another one in the settings.
error-recognizer-instructions = The variable { $variable } is set to “{ $name }”, which this processor does not have. Remove the variable and start Lectern again.
error-recognizer-stopped = A fault in Lectern stopped the recognition. Please report it.
error-recognizer-failed = Recognition has failed. Try again; if it fails once more, choose another model in the settings.
error-recognizer-crashed = Something went wrong inside Lectern. Everything recognized is kept.
error-again-not-ready = The sound of this place has not been read yet. Try again in a moment.
error-again-io = The sound of this place cannot be written for the recognizer ({ $cause }). Free some space on the disk.
error-again-no-speech = No speech was recognized there. The captions are unchanged.
error-processor-no-avx2 = This processor has no AVX2, as most have had since 2013. Recognition takes ten times as long as with it, and live captions fall behind.
error-processor-unknown = There are no fast instructions for this kind of processor yet. Recognition takes long, and live captions may fall behind.

# Projects and settings
error-project-not-found = The project { $path } was not found. Was it moved or renamed?
error-project-no-project = { $path } is not a Lectern project ({ $found }). Open it as a recording or as captions.
error-content-other-form = it has another form
error-project-too-new = The project { $path } has version { $found }, and this Lectern reads versions up to { $known }. Update Lectern.
error-project-damaged = The project { $path } is damaged ({ $cause }), and there is no earlier version. Look for a copy of the file.
error-project-backup = The project { $path } is damaged ({ $cause }). Open the earlier version: { $backup }.
error-project-in-use = Another window has { $path } open. Close it there and try again.
error-project-busy = The disk is still busy with earlier changes of { $path }. Save again in a moment.
error-settings-file = The settings { $path } cannot be written ({ $cause }). Check the folder, its permissions and the free space.
error-settings-unwritable = The settings cannot be written. Change back what you changed last.
error-settings-damaged = The settings { $path } could not be read (line { $line } does not fit), so the defaults are used. The next change replaces the file.
error-settings-damaged-kept = The settings { $path } could not be read (line { $line } does not fit), so the defaults are used. The old file is kept as { $kept }.
error-settings-values = Wrong values in the settings { $path } were replaced by the defaults: { $wrong }. The next change replaces the file.
error-settings-values-kept = Wrong values in the settings { $path } were replaced by the defaults: { $wrong }. The old file is kept as { $kept }.
error-settings-unreadable = The settings { $path } cannot be read ({ $cause }), so the defaults are used. Check the permissions of the file.

# Files of captions
error-open-not-found = File not found: { $path }. Was it moved or renamed?
error-open-folder = { $path } is a folder. Choose a file in it.
error-open-damaged = { $path } cannot be read as { $format } ({ $found }). Get the file again, or open it in the program that made it.
error-content-no-object = it is not a JSON object
error-content-json = its JSON does not fit
error-content-json-line = line { $line } of its JSON does not fit
error-content-no-part = it is JSON without “{ $part }”
error-content-other-name = its format is “{ $name }”
error-content-no-signature = its first line does not begin with { $signature }
error-content-no-script = it is text without dialogue
error-content-no-times = it has no line with times such as { $example }
error-content-no-columns = its first row does not name columns for start and text, or begin with a time
error-content-no-element = it has no “{ $element }” element
error-open-too-new = { $path } is { $format } of version { $found }, and this Lectern reads versions up to { $known }. Update Lectern.
error-open-empty = There are no captions in { $path }. Choose another file.
error-export-format = These captions cannot be written in this format ({ $cause }). Choose another format.
error-export-exists = { $path } already exists. Choose to replace it, or another name.
error-export-not-a-file = { $path } is a folder, a device or a broken link, and was not replaced. Choose another name.
error-export-unwritable = { $path } was not written: these captions do not fit the format ({ $cause }). Choose another format.
error-write-untimed = they have no times, which { $format } needs
error-write-too-late = { $format } has no times from { $hours } hours on, and the cue at { $at } ends there
error-write-refused = { $format } cannot hold them
error-export-mismatch = Nothing was written to { $path }: { $cause }. This is a bug in Lectern; please report it.
error-export-not-in-place = These changes cannot be written into { $path }. Save a project, or export them.
error-export-changed = Another program has changed or removed { $path } since it was opened. Save a project, or export under another name.
error-mismatch-not-in-place = the file cannot be changed in place
error-mismatch-unreadable = the written file cannot be read back ({ $cause })
error-mismatch-version = it was written in version { $version } of its format
error-mismatch-count = { $read } of { $written } cues could be read back
error-mismatch-cue = cue { $cue } was read back as “{ $read }” instead of “{ $written }”
error-mismatch-whole = “{ $read }” was read back instead of “{ $written }”

# Recording lectures
error-lecture-interrupted = The recording was left before its captions were complete. Everything recorded is kept.
error-lecture-folder = Nothing can be written to { $folder } ({ $cause }). Choose another folder.
error-lecture-disk = The disk of { $folder } is full: only { $free } MB are free. Free some space, or choose another folder.
error-lecture-crashed = Something went wrong inside Lectern. Everything recorded is kept.
error-journal-in-use = Another program records this lecture or completes its captions: { $path }. End it first.
error-journal-damaged = { $path } does not belong to a recording, or is damaged. Open the sound file beside it to caption it.
error-page-address = The page for browsers cannot use the address { $address } ({ $cause }). Close other programs and try again.
error-page-system = The page for browsers cannot be shown ({ $cause }). Close other programs and try again.
error-page-network = This computer is not connected to a network. Connect it, or let people read on this computer only.

# Changes of the captions
error-op-no-cue = The cue is no longer there. Select another one.
error-op-nothing-selected = No cue is selected. Select one first.
error-op-nothing-to-split = There is nothing to split at this place. Put the cursor between two words.
error-op-too-short = The cue is too short to split. Give it more time first.
error-op-no-next = This is the last cue. There is none to merge it with.
error-op-one-cue = One cue cannot be merged. Select two or more.
error-op-no-room = The adjacent cues leave no time. Shorten one of them first.
error-op-shift = Other cues or the start of the recording are in the way. Shift by { $most } s at most in this direction.
error-op-no-words = The times of the words of this cue are not known. Set its times by hand.
error-op-no-passage = This passage was already inserted or dismissed.
error-edit = The step does not fit these captions, and nothing was changed ({ $cause }). This is a bug in Lectern; please report it.
error-edit-no-cue = a cue is missing
error-edit-cue-exists = a cue is there twice
error-edit-no-segment = a segment is missing
error-repair-nothing-wrong = This cue breaks no rule.
error-repair-no-better = This cue can’t be fixed automatically. Shorten its text, or give it more time.
error-search-empty = There is nothing to search for. Type a word.
error-search-invalid = The regular expression cannot be read ({ $cause }). Correct it, or turn off “{ $option }”.

# Queue
error-queue-store = { $path }, where the queue remembers its work, cannot be read or written ({ $cause }). Check the permissions and the free space.
error-queue-process = Lectern cannot start a process for the queue ({ $cause }). Close other programs and start the queue again.
error-queue-model = The model { $path } cannot be used: it is damaged or of another kind. Choose another one in the settings.
error-queue-detector = The model that finds speech cannot be used. Install Lectern again.
error-queue-program = Lectern cannot find its own program ({ $cause }). Close it and start it again.

## Names and terms

command-material = Names and terms from course material…
command-heard = Names and terms heard…
dialog-material = Course material
material-button = From course material…
material-title = Names and terms from course material
material-hint = Slides, documents, papers or lists of literature: their names and terms help the recognizer.
material-none = There are no names or terms in them that the recognizer does not know.
material-choose = Untick what is not spoken. Rare ones that stand often come first.
material-all = Tick all
material-no = Tick none
material-files = Choose files…
material-take = { $count ->
    [one] Add { $count } term
   *[other] Add { $count } terms
}
material-added = { $count ->
    [one] { $count } term is new in the names and terms.
   *[other] { $count } terms are new in the names and terms.
}
heard-title = Names and terms heard
heard-no-terms = There is no list of names and terms yet. Settings have one, or find them in course material.
heard-count = { $heard } of { $all } were heard.
heard-hint = Choose a place to go there. Places in colour sound like a term that was not recognized.
heard-not = not heard
heard-perhaps = “{ $text }” { $time }
heard-place = { $term } at { $time }
error-material = { $path }: { $cause }
error-material-unreadable = The file cannot be read ({ $cause }).
error-material-large = It is larger than 64 MB. Divide it, or save it without pictures.
error-material-harm = It unpacks to more than a document has: it was made to do harm, or is damaged.
error-material-much = It has more text, parts or pages than a document has. Divide it.
error-material-password = It is protected by a password. Save it without one.
error-material-damaged = It is damaged. Open it in its program and save it anew.
error-material-unknown = It is no PowerPoint, Word, OpenDocument, PDF, BibTeX, Markdown or text file.
error-material-no-text = There is no text in it. Pictures of text cannot be read.
