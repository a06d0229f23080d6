// What screens are made of. Everything is drawn here: the movie has no pictures.

var theme:Object = {
  ink: 0x1F3347, faint: 0x6B8299, line: 0x9FB6C9, paper: 0xFFFFFF, accent: 0x2F6CA3,
  whisper: 0x7A3E9D, notice: 0x5C7A3A, wrong: 0xB3261E
};

// A box with round corners, filled from one colour to another, top to bottom.
function drawBox(clip:MovieClip, x:Number, y:Number, w:Number, h:Number, r:Number, top:Number, bottom:Number, line:Number) {
  if (line != undefined) { clip.lineStyle(1, line, 100); }
  else { clip.lineStyle(); }
  clip.beginGradientFill("linear", [top, bottom], [100, 100], [0, 255], {matrixType: "box", x: x, y: y, w: w, h: h, r: Math.PI / 2});
  clip.moveTo(x + r, y);
  clip.lineTo(x + w - r, y);
  clip.curveTo(x + w, y, x + w, y + r);
  clip.lineTo(x + w, y + h - r);
  clip.curveTo(x + w, y + h, x + w - r, y + h);
  clip.lineTo(x + r, y + h);
  clip.curveTo(x, y + h, x, y + h - r);
  clip.lineTo(x, y + r);
  clip.curveTo(x, y, x + r, y);
  clip.endFill();
}

function drawCircle(clip:MovieClip, x:Number, y:Number, r:Number) {
  var k:Number = Math.PI / 4;
  var outer:Number = r / Math.cos(k / 2);
  clip.moveTo(x + r, y);
  for (var i:Number = 1; i <= 8; i++) {
    clip.curveTo(
      x + Math.cos(i * k - k / 2) * outer, y + Math.sin(i * k - k / 2) * outer,
      x + Math.cos(i * k) * r, y + Math.sin(i * k) * r);
  }
}

function newClip(parent:MovieClip):MovieClip {
  var depth:Number = parent.getNextHighestDepth();
  return parent.createEmptyMovieClip("clip" + depth, depth);
}

function styleOf(size:Number, color:Number, bold:Boolean):TextFormat {
  return new TextFormat("_sans", size, color, bold == true);
}

// A line of text that is as wide as what it says.
function makeText(parent:MovieClip, x:Number, y:Number, text:String, style:TextFormat):TextField {
  var depth:Number = parent.getNextHighestDepth();
  parent.createTextField("text" + depth, depth, x, y, 10, 10);
  var field:TextField = parent["text" + depth];
  field.selectable = false;
  field.autoSize = "left";
  field.setNewTextFormat(style);
  field.text = text;
  return field;
}

// Text that breaks into lines at a width.
function makeParagraph(parent:MovieClip, x:Number, y:Number, w:Number, text:String, style:TextFormat):TextField {
  var field:TextField = makeText(parent, x, y, "", style);
  field.wordWrap = true;
  field.multiline = true;
  field._width = w;
  field.text = text;
  return field;
}

// A field to type into; it has the focus when it was made with it. Return does what submit says.
function makeInput(parent:MovieClip, x:Number, y:Number, w:Number, maxChars:Number, submit:Function):TextField {
  drawBox(newClip(parent), x, y, w, 24, 3, 0xFFFFFF, 0xF4F8FB, theme.line);
  var depth:Number = parent.getNextHighestDepth();
  parent.createTextField("input" + depth, depth, x + 4, y + 3, w - 8, 19);
  var field:TextField = parent["input" + depth];
  field.type = "input";
  field.maxChars = maxChars;
  field.setNewTextFormat(styleOf(12, theme.ink));
  var keys:Object = new Object();
  keys.onKeyDown = function() {
    if (field._parent == undefined) { Key.removeListener(keys); }
    else if (Key.getCode() == Key.ENTER && Selection.getFocus() == field._parent + "." + field._name) { submit(); }
  };
  Key.addListener(keys);
  return field;
}

function makeButton(parent:MovieClip, x:Number, y:Number, w:Number, label:String, action:Function):MovieClip {
  var button:MovieClip = newClip(parent);
  button._x = x;
  button._y = y;
  button.draw = function(top:Number, bottom:Number) {
    this.face.clear();
    drawBox(this.face, 0, 0, w, 24, 4, top, bottom, theme.line);
  };
  button.createEmptyMovieClip("face", 1);
  button.createEmptyMovieClip("label", 2);
  var text:TextField = makeText(button.label, 0, 3, label, styleOf(12, theme.ink, true));
  text._x = Math.round((w - text._width) / 2);
  button.onRollOut = function() { this.draw(0xFFFFFF, 0xD5E3EE); };
  button.onRollOver = function() { this.draw(0xFFFFFF, 0xBCD4E8); };
  button.onPress = function() { this.draw(0xBCD4E8, 0xE5EEF4); };
  button.onReleaseOutside = button.onRollOut;
  button.onRelease = function() {
    this.onRollOver();
    action();
  };
  button.onRollOut();
  return button;
}

// A white panel over content that may be longer than it. See its method measure.
function makeScroller(parent:MovieClip, x:Number, y:Number, w:Number, h:Number):MovieClip {
  var scroller:MovieClip = newClip(parent);
  scroller._x = x;
  scroller._y = y;
  drawBox(scroller, 0, 0, w, h, 3, 0xFFFFFF, 0xFFFFFF, theme.line);
  var content:MovieClip = newClip(scroller);
  var mask:MovieClip = newClip(scroller);
  drawBox(mask, 1, 1, w - 2, h - 2, 0, 0, 0);
  content.setMask(mask);
  var thumb:MovieClip = newClip(scroller);
  thumb._x = w - 9;
  scroller.content = content;
  scroller.length = 0;
  scroller.place = function(top:Number) {
    var room:Number = Math.max(0, this.length - h);
    top = Math.max(0, Math.min(room, top));
    content._y = -Math.round(top);
    thumb._visible = room > 0;
    thumb._y = 3 + (room == 0 ? 0 : top / room * (h - 6 - thumb.size));
  };
  // Says how long the content is now.
  scroller.measure = function(length:Number, toEnd:Boolean) {
    this.length = length;
    thumb.size = Math.max(18, (h - 6) * h / Math.max(h, length));
    thumb.clear();
    drawBox(thumb, 0, 0, 6, thumb.size, 3, 0xC9D9E6, 0xB2C8D9);
    this.place(toEnd ? length : -content._y);
  };
  thumb.onPress = function() {
    this.from = this._ymouse;
    this.onMouseMove = function() {
      var way:Number = (scroller._ymouse - this.from - 3) / (h - 6 - this.size);
      scroller.place(way * (scroller.length - h));
    };
  };
  thumb.onRelease = function() { delete this.onMouseMove; };
  thumb.onReleaseOutside = thumb.onRelease;
  var wheel:Object = new Object();
  wheel.onMouseWheel = function(delta:Number) {
    if (scroller._parent == undefined) { Mouse.removeListener(wheel); }
    else if (mask.hitTest(_root._xmouse, _root._ymouse)) { scroller.place(-content._y - delta * 8); }
  };
  Mouse.addListener(wheel);
  return scroller;
}

// A row of a list: its text, and what a click does.
function makeRow(parent:MovieClip, y:Number, w:Number, label:String, style:TextFormat, action:Function):MovieClip {
  var row:MovieClip = newClip(parent);
  row._x = 1;
  row._y = y;
  makeText(row, 6, 1, label, style);
  row.shade = function(alpha:Number) {
    this.clear();
    this.beginFill(0xBCD4E8, alpha);
    this.moveTo(0, 0);
    this.lineTo(w, 0);
    this.lineTo(w, 20);
    this.lineTo(0, 20);
    this.endFill();
  };
  row.shade(0);
  if (action != undefined) {
    row.onRollOver = function() { this.shade(60); };
    row.onRollOut = function() { this.shade(0); };
    row.onReleaseOutside = row.onRollOut;
    row.onRelease = action;
  }
  return row;
}
