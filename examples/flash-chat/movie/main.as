// The first frame: what all others share. The way through them is Connecting, Login, Waiting, Chat.

var es:ElectroServer = ElectroServer.getInstance();
es.setIP("127.0.0.1");
es.setPort(9875);

var username:String = "";
var roomToJoin:String = "";
var roomPassword:String = "";
var isChatting:Boolean = false;

// What the screen says in its middle.
var msg_txt:TextField;

es.onConnection = function(success:Boolean, error:String) {
  if (success) { _root.gotoAndStop("Login"); }
  else { fail(error, "Connect again", "Connecting"); }
};

es.loggedIn = function(success:Boolean, error:String) {
  if (success) { joinRoom(); }
  else { fail(error, "Back", "Login"); }
};

function joinRoom() {
  var roomOb:Object = new Object();
  roomOb.roomName = roomToJoin;
  roomOb.password = roomPassword;
  es.createRoom(roomOb);
}

es.roomJoined = function(Results:Object) {
  if (!Results.success) {
    if (isChatting) { notice(Results.error, theme.wrong); }
    else { fail(Results.error, "Back", "Login"); }
  } else if (isChatting) { enterRoom(); }
  else { _root.gotoAndStop("Chat"); }
};

es.dismissed = function(command:String, reason:String) {
  fail(command + ": " + reason, "Connect again", "Connecting");
  es.close();
};

es.connectionClosed = function() { fail("The connection was closed", "Connect again", "Connecting"); };

// An empty screen with its title.
function openScreen(title:String):MovieClip {
  isChatting = false;
  var screen:MovieClip = _root.createEmptyMovieClip("screen", 10);
  drawBox(screen, 0, 0, 550, 400, 0, 0xF6FAFC, 0xDCE8F0);
  drawBox(screen, 0, 0, 550, 34, 0, 0x7FA9CC, 0x3F73A3);
  makeText(screen, 10, 5, title, styleOf(16, 0xFFFFFF, true));
  return screen;
}

// A panel in the middle of the stage, for everything before the chat.
function openPanel(title:String, height:Number):MovieClip {
  var panel:MovieClip = newClip(openScreen("Flash chat"));
  panel._x = 135;
  panel._y = 34 + Math.round((366 - height) / 2);
  drawBox(panel, 0, 0, 280, height, 6, 0xFFFFFF, 0xF1F6FA, theme.line);
  makeText(panel, 18, 14, title, styleOf(15, theme.ink, true));
  return panel;
}

function openMessage(text:String):MovieClip {
  var panel:MovieClip = openPanel("", 120);
  msg_txt = makeParagraph(panel, 18, 30, 244, text, styleOf(13, theme.ink));
  trace(text);
  return panel;
}

// Says what went wrong, and how it goes on.
function fail(error:String, label:String, frame:String) {
  var panel:MovieClip = openMessage(error);
  makeButton(panel, 140, 82, 122, label, function() {
    if (_root._currentframe != frameOf[frame]) { _root.gotoAndStop(frame); }
    else { entered[frame](); }
  });
}

// Going to the frame that is there already does nothing, so each frame leaves here what it does when it is entered.
var frameOf:Object = {};
var entered:Object = {};
function enter(frame:String, action:Function) {
  frameOf[frame] = _root._currentframe;
  entered[frame] = action;
  action();
}

_root.gotoAndStop("Connecting");
