// What was said, with faces in it. A line is laid out word by word, because text fields hold no pictures.

var MAX_LINES:Number = 150;
var MAX_LETTERS:Number = 1000;
var transcript:MovieClip;
var lines:Array = [];

function openTranscript(parent:MovieClip, x:Number, y:Number, w:Number, h:Number) {
  transcript = makeScroller(parent, x, y, w, h);
  transcript.lineWidth = w - 24;
  lines = [];
}

// Shows who said something and what, both in a colour.
function addLine(from:String, text:String, color:Number) {
  var line:MovieClip = newClip(transcript.content);
  line._x = 6;
  lines.push(line);
  var pen:Object = {line: line, x: 0, y: 0, width: transcript.lineWidth, color: theme.ink};
  if (from != "") { putText(pen, from + ":", styleOf(12, color, true)); }
  else { pen.color = color; }
  var words:Array = text.substr(0, MAX_LETTERS).split(" ");
  for (var i:Number = 0; i < words.length; i++) {
    if (emoticons[words[i]] != undefined) { putFace(pen, emoticons[words[i]]); }
    else if (words[i] != "") { putText(pen, words[i], styleOf(12, pen.color)); }
  }
  line.size = pen.y + 19;
  if (lines.length > MAX_LINES) { lines.shift().removeMovieClip(); }
  stackLines();
}

function notice(text:String, color:Number) {
  trace("* " + text);
  addLine("", text, color == undefined ? theme.notice : color);
}

// A word that is wider than a line is cut.
function putText(pen:Object, word:String, style:TextFormat) {
  var field:TextField = makeText(pen.line, 0, 0, word, style);
  while (field.textWidth > pen.width && word.length > 1) {
    var fits:Number = Math.max(1, Math.floor(word.length * pen.width / field.textWidth) - 1);
    field.removeTextField();
    putText(pen, word.substr(0, fits), style);
    word = word.substr(fits);
    field = makeText(pen.line, 0, 0, word, style);
  }
  place(pen, field, field.textWidth);
}

function putFace(pen:Object, face:String) {
  var clip:MovieClip = newClip(pen.line);
  drawFace(clip, face);
  place(pen, clip, 16);
  clip._x += 2;
  clip._y += 2;
}

function place(pen:Object, thing:Object, width:Number) {
  if (pen.x > 0 && pen.x + width > pen.width) {
    pen.x = 0;
    pen.y += 17;
  }
  thing._x = pen.x;
  thing._y = pen.y;
  pen.x += width + 4;
}

function stackLines() {
  var y:Number = 4;
  for (var i:Number = 0; i < lines.length; i++) {
    lines[i]._y = y;
    y += lines[i].size;
  }
  transcript.measure(y + 4, true);
}
