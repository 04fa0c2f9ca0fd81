package demo

import (
	"container/heap"
	"math/rand/v2"
	"time"

	"kontor/kernel/period"
	"kontor/kernel/workday"
	"kontor/process/payables"
)

// errand is an invoice that somebody will do something with at a time.
type errand struct {
	at      time.Time
	serial  int // in the order of arrival: the same time is done in the same order
	invoice payables.ID
	file    *File
	client  *Client
	tries   int
	asked   bool // the supplier has been asked
}

// agenda has the errands, the earliest first.
type agenda []*errand

func (a agenda) Len() int { return len(a) }
func (a agenda) Less(i, j int) bool {
	if n := a[i].at.Compare(a[j].at); n != 0 {
		return n < 0
	}
	return a[i].serial < a[j].serial
}
func (a agenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }
func (a *agenda) Push(x any)   { *a = append(*a, x.(*errand)) }
func (a *agenda) Pop() any {
	old := *a
	last := old[len(old)-1]
	*a = old[:len(old)-1]
	return last
}

// due takes the errands whose time has come.
func (a *agenda) due(now time.Time) []*errand {
	var all []*errand
	for len(*a) > 0 && !(*a)[0].at.After(now) {
		all = append(all, heap.Pop(a).(*errand))
	}
	return all
}

func (a *agenda) add(e *errand) { heap.Push(a, e) }

// rounds are when people of the city look at their queues, in minutes after
// midnight: the office before the clients.
var rounds = []int{7*60 + 40, 10*60 + 25, 13*60 + 10, 15*60 + 35}

// workdayAfter is a round of the day n working days after a time.
func workdayAfter(from time.Time, n, round int) time.Time {
	d := workday.Office.OnOrAfter(period.DateOf(from))
	if n > 0 {
		d = workday.AddWorkdays(workday.Office, d, n)
	}
	return d.At(rounds[round])
}

// lag draws how many working days something waits: share has the parts of a
// hundred for 0, 1, 2 … days.
func lag(rnd *rand.Rand, share ...int) int {
	n := rnd.IntN(100)
	for days, s := range share {
		if n -= s; n < 0 {
			return days
		}
	}
	return len(share)
}

// handlingLag is how long an invoice waits before somebody at the centre takes
// it. The agreement gives five days: 0 to 4 keep it.
func handlingLag(rnd *rand.Rand) int { return lag(rnd, 40, 30, 18, 8, 3) }
