// What the compiler makes of each part of the language, asked of a player.
function check(name:String, got, want) { trace((got === want ? "ok " : "FAIL ") + name + ": " + got); }
function Foo(a:Number) { this.a = a; }
Foo.prototype.add = function(n:Number):Number { return this.a + n; };
var f = new Foo(3);
check("methods", f.add(4), 7);
check("instanceof", f instanceof Foo, true);
check("typeof", typeof f, "object");
var s = 0;
for (var i = 0; i < 10; ++i) { if (i == 3) continue; if (i == 8) break; s += i; }
check("for", s, 25);
var w = 0;
while (true) { if (++w > 4) break; }
check("while", w, 5);
var d = 0;
do { d++; if (d == 2) continue; } while (d < 4);
check("do", d, 4);
var o:Object = {a: 1, b: 2, c: 3};
var sum = 0;
for (var k in o) { sum += o[k]; }
check("for in", sum, 6);
function firstOf(list) { for (var a in list) { for (var b in list) { return a == b; } } return "none"; }
check("return within for in", "x" + firstOf(o), "xtrue");
function sw(x) { switch (x) { case 1: return "one"; case 2: case 3: return "few"; default: return "many"; } }
check("switch", sw(1) + sw(3) + sw(9), "onefewmany");
var arr = [5, 6, 7];
arr[0]++;
arr[1] *= 2;
check("members", arr[0] + arr[1] + arr.length, 21);
var n = 5;
check("n++", n++ + n, 11);
check("--n", --n, 5);
check("?:", n > 3 ? "y" : "n", "y");
check("&& and ||", (0 || "x") + (1 && "z"), "xz");
check("comparison", 3 <= 3 && !(4 >= 5) && 1 != 2 && 1 !== "1", true);
check("bits", (6 & 3) | (1 << 4) ^ 2, 18);
check("numbers", 1.5 * 2 - -2.25 % 2, 3.25);
delete o.a;
check("delete", o.a, undefined);
check("closures", (function(x) { return function() { return x; }; })(42)(), 42);
var xml = new XML("<a b='1'><c>hi \u20ac</c></a>");
check("XML", xml.firstChild.firstChild.firstChild.nodeValue, "hi \u20ac");
trace("done");
