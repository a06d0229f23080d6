// The chat itself: what was said, the lists, and a line to say something.

var wantedRoom:String = "";
// Whom the next message is for; empty for everybody.
var recipient:String = "";
var msgBox_ti:TextField;
var title_txt:TextField;
var to_txt:TextField;

enter("Chat", function() {
  var screen:MovieClip = openScreen("");
  isChatting = true;
  wantedRoom = roomToJoin;
  title_txt = makeText(screen, 10, 5, "", styleOf(16, 0xFFFFFF, true));
  openTranscript(screen, 10, 44, 360, 286);
  openLists(screen);
  makeButton(screen, 380, 338, 160, "New room", askNewRoom);
  to_txt = makeText(screen, 10, 337, "", styleOf(11, theme.faint));
  openFaces(screen, 234, 337);
  msgBox_ti = makeInput(screen, 10, 362, 280, 300, say);
  makeButton(screen, 300, 362, 70, "Send", say);
  makeText(screen, 380, 369, "Logged in as " + username, styleOf(11, theme.faint));
  enterRoom();
});

function enterRoom() {
  roomToJoin = wantedRoom;
  title_txt.text = roomToJoin;
  talkTo("");
  notice("You are in " + roomToJoin + ".");
  showRooms();
  showUsers();
}

function talkTo(name:String) {
  recipient = name;
  to_txt.text = name == "" ? "To everybody in the room" : "Only to " + name;
  to_txt.setTextFormat(styleOf(11, name == "" ? theme.faint : theme.whisper, name != ""));
  showUsers();
  Selection.setFocus(msgBox_ti);
}

function say() {
  var msg:String = msgBox_ti.text;
  if (msg.length == 0) { return; }
  if (recipient == "") { es.sendMessage("public", msg); }
  else {
    es.sendMessage("private", msg, recipient);
    addLine(username + " to " + recipient, msg, theme.whisper);
  }
  msgBox_ti.text = "";
  Selection.setFocus(msgBox_ti);
}

es.messageReceived = function(type:String, message:String, from:String) {
  trace("[" + type + "] " + from + ": " + message);
  if (!isChatting) { return; }
  if (type == "private") { addLine(from + " to you", message, theme.whisper); }
  else { addLine(from, message, theme.accent); }
};

es.requestFailed = function(action:String, reason:String) { notice(reason, theme.wrong); };

// A click on a face puts its sign into the message.
function openFaces(screen:MovieClip, x:Number, y:Number) {
  var signs:Array = [":)", ":D", ";)", ":(", ":o", ":p"];
  for (var i:Number = 0; i < signs.length; i++) { openFace(screen, x + i * 23, y, signs[i]); }
}

function openFace(screen:MovieClip, x:Number, y:Number, sign:String) {
  var face:MovieClip = newClip(screen);
  face._x = x;
  face._y = y;
  drawFace(face, emoticons[sign]);
  face.onRelease = function() {
    var text:String = msgBox_ti.text;
    var space:String = text == "" || text.charAt(text.length - 1) == " " ? "" : " ";
    msgBox_ti.text = text + space + sign + " ";
    Selection.setFocus(msgBox_ti);
    Selection.setSelection(msgBox_ti.length, msgBox_ti.length);
  };
}
